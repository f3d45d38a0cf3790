package io.quarkiverse.openai.batch.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class ACallIsSignedTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.ofEpochSecond(1_750_861_210);
    private static final String TIMESTAMP = "1750861210";
    private static final byte[] BODY = "{\"id\": \"evt_1\"}".getBytes(StandardCharsets.UTF_8);

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream in = ACallIsSignedTest.class.getResourceAsStream("/samples/webhook-signature-vectors.json")) {
            return new ObjectMapper().readTree(in).valueStream().map(Arguments::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void asInTheVectorsOfOthers(JsonNode vector) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : List.of(SignedHeaders.ID, SignedHeaders.TIMESTAMP, SignedHeaders.SIGNATURE)) {
            headers.put(name, List.of(vector.path(name).asText()));
        }
        Instant then = Instant.ofEpochSecond(Long.parseLong(vector.path(SignedHeaders.TIMESTAMP).asText()));

        boolean signed = SignedHeaders.of(headers::get, then).orElseThrow()
                .areOf(WebhookSecret.of(vector.path("secret").asText()), vector.path("body").asText().getBytes(
                        StandardCharsets.UTF_8));

        assertThat(signed).isEqualTo(vector.path("valid").asBoolean());
    }

    @Test
    void byAnyOfItsCandidates() {
        String wrong = "v1," + Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(isSigned(headers(wrong + " " + signature(TIMESTAMP)))).isTrue();
        assertThat(isSigned(headers("v2,abc v1a,abc " + signature(TIMESTAMP)))).isTrue();
        assertThat(isSigned(headers(wrong))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1750861210", "1750860910", "1750861510", "001750861210" })
    void withinFiveMinutes(String timestamp) {
        assertThat(isSigned(headers(Map.of(SignedHeaders.TIMESTAMP, List.of(timestamp)), signature(timestamp)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1750860909", "1750861511", "-1", "+1750861210", "1e-99999999", "9223372036854775808",
            "18446744073709551616", "NaN", "", " 1750861210", "1750861210.0", "0000001750861210", "١٧٥٠٨٦١٢١٠" })
    void notAtAnotherTime(String timestamp) {
        assertThat(SignedHeaders.of(headers(Map.of(SignedHeaders.TIMESTAMP, List.of(timestamp)),
                signature(timestamp))::get, NOW)).isEmpty();
    }

    static Stream<Arguments> signatures() {
        String right = signature(TIMESTAMP);
        return Stream.of(
                Arguments.of("of another version", right.replace("v1,", "v2,")),
                Arguments.of("without a version", right.replace("v1,", "")),
                Arguments.of("without Base64", "v1,§§§"),
                Arguments.of("empty", ""),
                Arguments.of("eleven candidates", IntStream.range(0, 11).mapToObj(n -> right).collect(Collectors.joining(" "))),
                Arguments.of("a thousand candidates",
                        IntStream.range(0, 1000).mapToObj(n -> right).collect(Collectors.joining(" "))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void notOtherwise(String name, String signature) {
        assertThat(SignedHeaders.of(headers(signature)::get, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { SignedHeaders.ID, SignedHeaders.TIMESTAMP, SignedHeaders.SIGNATURE })
    void withOneOfEachHeader(String name) {
        String value = headers(signature(TIMESTAMP)).get(name).get(0);

        assertThat(SignedHeaders.of(headers(Map.of(name, List.of()), signature(TIMESTAMP))::get, NOW)).isEmpty();
        assertThat(SignedHeaders.of(headers(Map.of(name, List.of(value, value)), signature(TIMESTAMP))::get, NOW)).isEmpty();
    }

    @Test
    void withEachByteOfItsBody() {
        byte[] spaced = "{\"id\":  \"evt_1\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(SignedHeaders.of(headers(signature(TIMESTAMP))::get, NOW).orElseThrow()
                .areOf(WebhookSecret.of(SECRET), spaced)).isFalse();
    }

    @Test
    void byThePlainTextOfASecretWithoutAPrefix() {
        byte[] expected = WebhookSecret.of("whsec_cGxhaW4gdGV4dA==").signature("id", TIMESTAMP, BODY);

        assertThat(WebhookSecret.of("plain text").signature("id", TIMESTAMP, BODY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "whsec_", "whsec_&&&&", "whsec_YWJj\nYWJj" })
    void notByASecretThatIsNone(String secret) {
        assertThatThrownBy(() -> WebhookSecret.of(secret)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("&&&&").hasMessageNotContaining("YWJj");
        assertThat(WebhookSecret.of(SECRET).toString()).doesNotContain("MfKQ");
    }

    private static boolean isSigned(Map<String, List<String>> headers) {
        return SignedHeaders.of(headers::get, NOW).orElseThrow().areOf(WebhookSecret.of(SECRET), BODY);
    }

    private static String signature(String timestamp) {
        return "v1," + Base64.getEncoder().encodeToString(WebhookSecret.of(SECRET).signature("wh_1", timestamp, BODY));
    }

    private static Map<String, List<String>> headers(String signature) {
        return headers(Map.of(), signature);
    }

    private static Map<String, List<String>> headers(Map<String, List<String>> others, String signature) {
        Map<String, List<String>> headers = new TreeMap<>(Map.of(SignedHeaders.ID, List.of("wh_1"), SignedHeaders.TIMESTAMP,
                List.of(TIMESTAMP), SignedHeaders.SIGNATURE, List.of(signature)));
        headers.putAll(others);
        return headers;
    }
}
