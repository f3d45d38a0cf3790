package io.quarkiverse.openai.batch.langchain4j;

import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/** The names of configured models. */
final class ModelNames {

    static final String CHAT = "openai-batch.langchain4j.chat-model";
    static final String EMBEDDING = "openai-batch.langchain4j.embedding-model";
    static final String CHAT_OF_LANGCHAIN4J = "quarkus.langchain4j.openai.chat-model.model-name";
    static final String EMBEDDING_OF_LANGCHAIN4J = "quarkus.langchain4j.openai.embedding-model.model-name";

    private ModelNames() {
    }

    static Optional<String> chat(LangChain4jConfig own, Config all) {
        return own.chatModel().or(() -> all.getOptionalValue(CHAT_OF_LANGCHAIN4J, String.class));
    }

    static Optional<String> embedding(LangChain4jConfig own, Config all) {
        return own.embeddingModel().or(() -> all.getOptionalValue(EMBEDDING_OF_LANGCHAIN4J, String.class));
    }
}
