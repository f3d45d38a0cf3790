package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchCheck;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.test.QuarkusUnitTest;

class AWrongCheckIsABuildErrorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(Checks.class))
            .assertException(error -> assertThat(error)
                    .hasStackTraceContaining("Checks#unreachable is private, and cannot be called")
                    .hasStackTraceContaining(
                            "Checks#silent returns void. Let it return whether the answer is valid, or a String")
                    .hasStackTraceContaining("Checks#none does not take a result. Let its first parameter be a BatchResult")
                    .hasStackTraceContaining("Checks#list does not take a result")
                    .hasStackTraceContaining("Checks#more has other parameters than a result and a JobName. Remove them"));

    @Test
    void theBuildFails() {
        fail("the application was built");
    }

    static class Checks {

        @BatchCheck("private")
        private boolean unreachable(BatchResult result) {
            return true;
        }

        @BatchCheck("silent")
        void silent(BatchResult result) {
        }

        @BatchCheck("none")
        boolean none() {
            return true;
        }

        @BatchCheck("list")
        boolean list(List<BatchResult> results) {
            return true;
        }

        @BatchCheck("more")
        String more(String id, String answer, JobName job, int number) {
            return null;
        }
    }
}
