package io.quarkiverse.openai.batch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.runtime.app.SettingsReader;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class ABadSettingIsRefusedWithItsKeyTest {

    private static final String PREFIX = "quarkus.openai-batch.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            base-url                 | api.openai.com           | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | ftp://api.openai.com     | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | https://                 | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | https://a b              | quarkus.openai-batch.base-url must be an http or https URL
            limits.custom-id-characters | a-z[              | quarkus.openai-batch.limits.custom-id-characters must be a class
            limits.custom-id-length  | -1                       | quarkus.openai-batch.limits.custom-id-length must not be negative
            base-url                 | https://h/v1#x           | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | https://h:65536/v1       | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | https://h:0/v1           | quarkus.openai-batch.base-url must be an http or https URL
            base-url                 | https://h/v1?key=1       | quarkus.openai-batch.base-url must be an http or https URL
            connect-timeout          | 0S                       | quarkus.openai-batch.connect-timeout must be positive, but is 0s
            read-timeout             | -1S                      | quarkus.openai-batch.read-timeout must be positive, but is -1s
            upload-timeout           | -5M                      | quarkus.openai-batch.upload-timeout must be positive, but is -5m
            download-timeout         | -1S                      | quarkus.openai-batch.download-timeout must be positive
            submission.settle        | -1S                      | quarkus.openai-batch.submission.settle must be positive
            paths.batches            | batches                  | quarkus.openai-batch.paths.batches must be a path such as /batches
            paths.files              | /files/                  | quarkus.openai-batch.paths.files must be a path such as /batches
            headers."X Y"            | 1                        | quarkus.openai-batch.headers."X Y" is not a valid header
            limits.requests          | -1                       | quarkus.openai-batch.limits.requests must not be negative, but is -1
            limits.embedding-inputs  | -1                       | quarkus.openai-batch.limits.embedding-inputs must not be negative
            limits.metadata          | -1                       | quarkus.openai-batch.limits.metadata must not be negative
            retry.max-retries        | -1                       | quarkus.openai-batch.retry.max-retries must not be negative, but is -1
            retry.initial-interval   | -1S                      | quarkus.openai-batch.retry.initial-interval must not be negative
            retry.max-interval       | -1S                      | quarkus.openai-batch.retry.max-interval must not be negative
            retry.exponent           | 0.5                      | quarkus.openai-batch.retry.exponent must be 1 or more, but is 0.5
            retry.jitter             | 1.5                      | quarkus.openai-batch.retry.jitter must be between 0 and 1, but is 1.5
            retry.max-elapsed-time   | 0S                       | quarkus.openai-batch.retry.max-elapsed-time must be positive
            retry.max-retry-after    | -1S                      | quarkus.openai-batch.retry.max-retry-after must not be negative
            retry.status-codes       | 429,six                  | quarkus.openai-batch.retry.status-codes must be three digits or a class such as 5XX, but is six
            provider                 | azure                    | The provider AZURE has no base URL that is the same for all: set quarkus.openai-batch.base-url
            """)
    void theMessageNamesKeyAndRule(String key, String value, String message) {
        assertThatThrownBy(() -> read(ClientSettings.DEFAULT_NAME, Map.of(PREFIX + key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aUserInTheUrlIsNotRepeated() {
        assertThatThrownBy(
                () -> read(ClientSettings.DEFAULT_NAME, Map.of(PREFIX + "base-url", "https://me:secret@host/v1?k=hidden")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContainingAny("secret", "hidden");
    }

    @Test
    void anUnknownProviderIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> read(ClientSettings.DEFAULT_NAME, Map.of(PREFIX + "provider", "anthropic")))
                .hasMessageContaining("quarkus.openai-batch.provider").hasMessageContaining("groq");
    }

    @Test
    void theMessageNamesTheClient() {
        assertThatThrownBy(() -> read("tenant", Map.of(PREFIX + "\"tenant\".base-url", "nowhere")))
                .hasMessageContaining("quarkus.openai-batch.\"tenant\".base-url");
    }

    @Test
    void aNamedClientWithoutConfigurationTellsTheKeysToSet() {
        assertThatThrownBy(() -> read("tenant", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.openai-batch.\"tenant\".base-url")
                .hasMessageContaining("quarkus.openai-batch.\"tenant\".provider")
                .hasMessageContaining("quarkus.openai-batch.\"tenant\".api-key");
    }

    @Test
    void theProviderIsKnownByItsHost() {
        ClientSettings settings = read(ClientSettings.DEFAULT_NAME,
                Map.of(PREFIX + "base-url", "https://api.groq.com/openai/v1/"));
        assertThat(settings.dialect().provider()).isEqualTo(Provider.GROQ);
        assertThat(settings.baseUrl()).hasToString("https://api.groq.com/openai/v1");
    }

    @Test
    void withoutConfigurationItIsOpenAi() {
        ClientSettings settings = read(ClientSettings.DEFAULT_NAME, Map.of());
        assertThat(settings.baseUrl()).hasToString("https://api.openai.com/v1");
        assertThat(settings.dialect().completionWindow()).isEqualTo("24h");
    }

    private static ClientSettings read(String name, Map<String, String> properties) {
        OpenAiBatchRuntimeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OpenAiBatchRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build().getConfigMapping(OpenAiBatchRuntimeConfig.class);
        return new SettingsReader(name, config.clients().get(name), Optional.empty()).read();
    }
}
