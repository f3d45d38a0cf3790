package io.quarkiverse.openai.batch.emulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

class PromptCacheTest {

    private final PromptCache cache = new PromptCache();

    private static ObjectNode chat(String model, String system, String user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "system").put("content", system);
        body.withArray("messages").addObject().put("role", "user").put("content", user);
        return body;
    }

    private static String tokens(int number) {
        return "abcd".repeat(number);
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "1023, 0", "1024, 1024", "1151, 1024", "1152, 1152", "5000, 4992" })
    void theSharedBeginningCountsFrom1024TokensInStepsOf128(int shared, long cached) {
        assertThat(cache.tokens(new ChatAnswers(), chat("m", tokens(shared), "one"))).isZero();
        assertThat(cache.tokens(new ChatAnswers(), chat("m", tokens(shared), "two"))).isEqualTo(cached);
    }

    @Test
    void onlyTheLineBeforeIsKnown() {
        cache.tokens(new ChatAnswers(), chat("m", tokens(2048), "one"));
        cache.tokens(new ChatAnswers(), chat("m", "x" + tokens(2048), "two"));
        assertThat(cache.tokens(new ChatAnswers(), chat("m", tokens(2048), "three"))).isZero();
    }

    @Test
    void eachModelHasItsOwn() {
        cache.tokens(new ChatAnswers(), chat("m", tokens(2048), "one"));
        assertThat(cache.tokens(new ChatAnswers(), chat("other", tokens(2048), "one"))).isZero();
    }

    @Test
    void responsesShareInstructions() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", "m").put("instructions", tokens(1024));
        assertThat(cache.tokens(new ResponseAnswers(), body.deepCopy().put("input", "one"))).isZero();
        assertThat(cache.tokens(new ResponseAnswers(), body.deepCopy().put("input", "two"))).isEqualTo(1024);
    }

    @Test
    void embeddingsHaveNoCache() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", "m").put("input", tokens(2048));
        cache.tokens(new EmbeddingAnswers(), body);
        assertThat(cache.tokens(new EmbeddingAnswers(), body)).isZero();
    }
}
