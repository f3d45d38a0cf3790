package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class TokenLimitTest {

    /** Every batch here has 2 lines of 2 + 25 prompt tokens. */
    private static final String LINES = Client.chatLine("a", "x".repeat(100)) + "\n" + Client.chatLine("b", "x".repeat(100));

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void aBatchBeyondTheLimitFailsUntilOthersAreDone() {
        emulator.limits(emulator.limits().withEnqueuedTokens(100));
        String first = client.createChatBatch(LINES);
        emulator.clock().advance(Duration.ofSeconds(1));
        String second = client.createChatBatch(LINES);
        emulator.clock().advance(Duration.ofSeconds(30));
        // The second was validated while the first was active, although both are looked at only now.
        JsonNode refused = client.batch(second);
        assertThat(refused.get("status").asText()).isEqualTo("failed");
        assertThat(client.batch(first).get("status").asText()).isEqualTo("completed");

        String third = client.createChatBatch(LINES);
        emulator.clock().advance(Duration.ofSeconds(30));
        assertThat(client.batch(third).get("status").asText()).isEqualTo("completed");
    }

    @Test
    void theErrorIsOpenAisAndALimitBelowOneBatchIsNeverMet() {
        emulator.limits(emulator.limits().withEnqueuedTokens(1));
        String input = client.upload(LINES);
        String id = Client.json(client.send(client.request("/batches").header("OpenAI-Organization", "org-123")
                .POST(BodyPublishers.ofString(
                        Client.createBody(input, "/v1/chat/completions")))))
                .get("id").asText();
        emulator.clock().advance(Duration.ofSeconds(30));
        JsonNode error = client.batch(id).at("/errors/data/0");
        assertThat(error.get("code").asText()).isEqualTo("token_limit_exceeded");
        assertThat(error.get("message").asText())
                .isEqualTo("Enqueued token limit reached for gpt-test in organization org-123. Limit: 1 enqueued tokens.");
        assertThat(error.get("line").isNull()).isTrue();
    }

    @Test
    void otherModelsHaveLimitsOfTheirOwn() {
        emulator.limits(emulator.limits().withEnqueuedTokens(60));
        client.createChatBatch(LINES);
        String other = client.createChatBatch(LINES.replace("gpt-test", "gpt-other"));
        emulator.clock().advance(Duration.ofSeconds(30));
        assertThat(client.batch(other).get("status").asText()).isEqualTo("completed");
    }
}
