package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfig;

class ModelNamesTest {

    private static final Map<String, String> OF_LANGCHAIN4J = Map.of(
            "quarkus.langchain4j.openai.chat-model.model-name", "their-chat",
            "quarkus.langchain4j.openai.embedding-model.model-name", "their-embedding");

    private static String chat(Map<String, String> keys) {
        Config config = Provider.config(keys);
        return ModelNames.chat(config.unwrap(SmallRyeConfig.class).getConfigMapping(LangChain4jConfig.class), config)
                .orElse(null);
    }

    private static String embedding(Map<String, String> keys) {
        Config config = Provider.config(keys);
        return ModelNames.embedding(config.unwrap(SmallRyeConfig.class).getConfigMapping(LangChain4jConfig.class), config)
                .orElse(null);
    }

    @Test
    void ownKeysComeFirst() {
        assertThat(chat(with("openai-batch.langchain4j.chat-model"))).isEqualTo("ours");
        assertThat(embedding(with("openai-batch.langchain4j.embedding-model"))).isEqualTo("ours");
    }

    private static Map<String, String> with(String key) {
        Map<String, String> keys = new HashMap<>(OF_LANGCHAIN4J);
        keys.put(key, "ours");
        return keys;
    }

    @Test
    void thenThoseOfQuarkusLangchain4j() {
        assertThat(chat(OF_LANGCHAIN4J)).isEqualTo("their-chat");
        assertThat(embedding(OF_LANGCHAIN4J)).isEqualTo("their-embedding");
    }

    @Test
    void otherwiseThereIsNone() {
        assertThat(chat(Map.of())).isNull();
        assertThat(embedding(Map.of())).isNull();
    }
}
