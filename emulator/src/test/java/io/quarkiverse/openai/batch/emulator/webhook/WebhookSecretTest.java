package io.quarkiverse.openai.batch.emulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class WebhookSecretTest {

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = WebhookSecretTest.class.getResourceAsStream("/webhook-signature-vectors.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsAsThePublishedVectorsDo(JsonNode vector) {
        String signature = WebhookSecret.of(vector.get("secret").asText()).sign(vector.get("webhook-id").asText(),
                vector.get("webhook-timestamp").asText(), vector.get("body").asText().getBytes(StandardCharsets.UTF_8));

        assertThat(signature.equals(vector.get("webhook-signature").asText())).isEqualTo(vector.get("valid").asBoolean());
    }

    @Test
    void aNewOneIsAnotherEachTimeAndCanBeReadAgain() {
        WebhookSecret secret = WebhookSecret.generate();

        assertThat(secret.text()).startsWith("whsec_").isNotEqualTo(WebhookSecret.generate().text());
        assertThat(WebhookSecret.of(secret.text()).text()).isEqualTo(secret.text());
        assertThat(secret.toString()).isEqualTo("whsec_***");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_not base64 but long enough!!",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_" })
    void whatIsNoSecretIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .hasMessage("The webhook secret must be whsec_ and 24 to 64 bytes in Base64");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://127.0.0.1/hook       | must be an http or https URL
            file:///etc/passwd         | must be an http or https URL
            hook                       | must be an http or https URL
            mailto:a@example.com       | must be an http or https URL
            http://me:hidden@127.0.0.1 | must not contain a user or a password
            http://me@127.0.0.1/hook   | must not contain a user or a password
            http://127.0.0.1/#there    | must have no fragment
            http://127.0.0.1:70000/    | a port of 1 to 65535
            """)
    void anEndpointIsAnHttpUrlWithoutUser(String url, String message) {
        assertThatThrownBy(() -> new WebhookEndpoint(URI.create(url), WebhookSecret.generate()))
                .hasMessageContaining(message).message().doesNotContain("hidden");
    }
}
