package io.quarkiverse.openai.batch.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class EachClientHasItsSecretsTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String NOW = "1750861210";

    @Test
    void andIsFoundByThem() {
        SecretsOfClients secrets = secrets(Map.of("quarkus.openai-batch.webhook.secrets", "first,second",
                "quarkus.openai-batch.\"groq\".webhook.secrets", "whsec_Z3JvcQ=="));

        assertThat(secrets.signer(signed("second"), BODY)).contains("<default>");
        assertThat(secrets.signer(signed("groq"), BODY)).contains("groq");
        assertThat(secrets.signer(signed("third"), BODY)).isEmpty();
        assertThat(secrets(Map.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "'good, ', 'quarkus.openai-batch.webhook.secrets: secret 2 is empty'",
            "whsec_, 'quarkus.openai-batch.webhook.secrets: secret 1 is empty'",
            "'good,whsec_hidden!', 'quarkus.openai-batch.webhook.secrets: secret 2 begins with whsec_, and is not Base64'" })
    void whichMustBeSecrets(String text, String message) {
        assertThatThrownBy(() -> secrets(Map.of("quarkus.openai-batch.webhook.secrets", text)))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith(message)
                .hasMessageNotContaining("hidden");
    }

    private static SecretsOfClients secrets(Map<String, String> properties) {
        return SecretsOfClients.of(new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withMapping(OpenAiBatchRuntimeConfig.class).withSources(new PropertiesConfigSource(properties, "test", 500))
                .build().getConfigMapping(OpenAiBatchRuntimeConfig.class));
    }

    private static SignedHeaders signed(String secret) {
        String signature = "v1," + Base64.getEncoder().encodeToString(WebhookSecret.of(secret).signature("wh_1", NOW, BODY));
        Map<String, List<String>> headers = Map.of(SignedHeaders.ID, List.of("wh_1"), SignedHeaders.TIMESTAMP, List.of(NOW),
                SignedHeaders.SIGNATURE, List.of(signature));
        return SignedHeaders.of(headers::get, Instant.ofEpochSecond(Long.parseLong(NOW))).orElseThrow();
    }
}
