package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkus.test.QuarkusUnitTest;

class AWrongBatchSourceIsABuildErrorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(Lines.class))
            .assertException(error -> assertThat(error)
                    .hasStackTraceContaining("Lines#unreachable is private, and cannot be called. Make it package-private")
                    .hasStackTraceContaining("Lines#ofNobody is static. Make it a method of the bean")
                    .hasStackTraceContaining("Lines#list returns java.util.List")
                    .hasStackTraceContaining("Let it return a Stream<BatchRequest>")
                    .hasStackTraceContaining("Lines#texts returns java.util.stream.Stream<java.lang.String>")
                    .hasStackTraceContaining("Lines#numbered has other parameters than a JobName")
                    .hasStackTraceContaining("Lines#blank has no pattern. Give the name of a job, or * for all")
                    .hasStackTraceContaining("gives the lines of the same jobs as"));

    @Test
    void theBuildFails() {
        fail("the application was built");
    }

    static class Lines {

        @BatchSource("private")
        private Stream<BatchRequest> unreachable() {
            return Stream.empty();
        }

        @BatchSource("static")
        static Stream<BatchRequest> ofNobody() {
            return Stream.empty();
        }

        @BatchSource("list")
        List<BatchRequest> list() {
            return List.of();
        }

        @BatchSource("texts")
        Stream<String> texts() {
            return Stream.empty();
        }

        @BatchSource("numbered")
        Stream<BatchRequest> numbered(JobName job, int number) {
            return Stream.empty();
        }

        @BatchSource(" ")
        Stream<BatchRequest> blank() {
            return Stream.empty();
        }

        @BatchSource("same-*")
        Stream<BatchRequest> one(JobName job) {
            return Stream.empty();
        }

        @BatchSource("same-*")
        Stream<BatchRequest> other(JobName job) {
            return Stream.empty();
        }
    }
}
