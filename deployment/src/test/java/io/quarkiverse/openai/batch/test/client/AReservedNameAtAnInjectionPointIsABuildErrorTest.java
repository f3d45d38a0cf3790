package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkus.test.QuarkusUnitTest;

class AReservedNameAtAnInjectionPointIsABuildErrorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of(Consumer.class)
            .assertException(error -> assertThat(error).hasStackTraceContaining("Consumer#batches")
                    .hasStackTraceContaining("No client can be named \"retry\"")
                    .hasStackTraceContaining("Choose another name"));

    @Test
    void theBuildFails() {
        fail("the application was built");
    }

    @Singleton
    static class Consumer {

        @Inject
        @BatchClient("retry")
        BatchService batches;
    }
}
