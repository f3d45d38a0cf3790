package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class ABadSettingStopsTheStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"tenant\".base-url", "https://tenant.example/v1")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"tenant\".read-timeout", "-5S")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessage("quarkus.openai-batch.\"tenant\".read-timeout must be positive, but is -5s"));

    @Test
    void neverStarts() {
        fail("The application started");
    }
}
