package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class ASettingOfTheApplicationUnderANamedClientStopsTheStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"groq\".provider", "groq")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"groq\".jobs.scratch", "scratch")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "groq\".jobs.scratch has no effect: all clients share quarkus.openai-batch.jobs.scratch"));

    @Test
    void neverStarts() {
        fail("The application started");
    }
}
