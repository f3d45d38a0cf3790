package io.quarkiverse.openai.batch.test.retry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

class APausedProcessLearnsOfTheLastFailureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");

    private static final RetryOptions OPTIONS = RetryOptions.backoff().withMaxElapsedTime(Duration.ofMillis(200));

    @Test
    void aPauseBetweenTwoAttemptsUsesUpTheTime() {
        RetriedCall<String> call = new RetriedCall<>("listBatches", OPTIONS,
                deadline -> Uni.createFrom().failure(AttemptFailure.answered(503, Map.of(), null, "")));
        assertThatThrownBy(() -> call.run(failure -> {
            // as a virtual machine that is moved
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            return Repetition.AS_CONFIGURED;
        }).await().indefinitely()).isInstanceOf(AttemptFailure.class).hasMessage("status 503");
    }
}
