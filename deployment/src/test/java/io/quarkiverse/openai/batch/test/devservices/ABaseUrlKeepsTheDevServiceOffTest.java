package io.quarkiverse.openai.batch.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class ABaseUrlKeepsTheDevServiceOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.rest-client.openai-batch.url", "https://gateway.example/v1");

    @Test
    void alsoOneOfTheRestClient() {
        assertThat(ConfigProvider.getConfig().getOptionalValue("quarkus.openai-batch.base-url", String.class)).isEmpty();
    }
}
