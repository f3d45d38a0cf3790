package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.test.QuarkusUnitTest;

class AWrongHandlerIsABuildErrorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(Handlers.class))
            .assertException(error -> assertThat(error)
                    .hasStackTraceContaining("Handlers#unreachable is private, and cannot be called. Make it package-private")
                    .hasStackTraceContaining("Handlers#ofNobody is static. Make it a method of the bean")
                    .hasStackTraceContaining("Handlers#returning returns int. Let it return nothing, or a Uni")
                    .hasStackTraceContaining("Handlers#none does not take a result. Let its first parameter be a BatchResult")
                    .hasStackTraceContaining("Handlers#texts does not take a result")
                    .hasStackTraceContaining("Handlers#ofNoKey does not take a result")
                    .hasStackTraceContaining("Handlers#failed does not take a result")
                    .hasStackTraceContaining("Handlers#tooMany has other parameters than a result and a JobName")
                    .hasStackTraceContaining("Handlers#more has other parameters than a result and a JobName. Remove them")
                    .hasStackTraceContaining("Handlers#blank has no pattern. Give the name of a job, or * for all")
                    .hasStackTraceContaining("Handlers#overloaded has the id of another one")
                    .hasStackTraceContaining("has the id of another one, \"store\". Give it an id of its own"));

    @Test
    void theBuildFails() {
        fail("the application was built");
    }

    static class Handlers {

        @OnBatchResult("private")
        private void unreachable(BatchResult result) {
        }

        @OnBatchResult("static")
        static void ofNobody(BatchResult result) {
        }

        @OnBatchResult("returning")
        int returning(BatchResult result) {
            return 0;
        }

        @OnBatchResult("none")
        void none() {
        }

        @OnBatchResult("texts")
        void texts(List<String> results) {
        }

        @OnBatchResult("no-key")
        void ofNoKey(Duration id, String answer) {
        }

        @OnBatchFailure("failed")
        void failed(String id, String answer) {
        }

        @OnBatchResult("too-many")
        void tooMany(String id, String answer, JobName job, int number) {
        }

        @OnBatchResult("more")
        void more(BatchResult result, JobName job, int number) {
        }

        @OnBatchResult(" ")
        void blank(BatchResult result) {
        }

        @OnBatchResult(value = "same-*", id = "store")
        void stored(BatchResult result) {
        }

        @OnBatchResult(value = "same-*", id = "store")
        void renamed(BatchResult result) {
        }

        @OnBatchResult("overloaded-1")
        void overloaded(BatchResult result) {
        }

        @OnBatchResult("overloaded-2")
        void overloaded(List<BatchResult> results) {
        }
    }
}
