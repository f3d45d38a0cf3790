package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class AReservedNameInTheConfigurationStopsTheStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"retry\".base-url", "https://retry.example/v1")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("No client can be named \"retry\""));

    @Test
    void neverStarts() {
        fail("The application started");
    }
}
