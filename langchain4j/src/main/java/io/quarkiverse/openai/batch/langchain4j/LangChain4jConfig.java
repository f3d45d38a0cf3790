package io.quarkiverse.openai.batch.langchain4j;

import java.util.Optional;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Settings of the batch models. Everything else, such as the key, is a setting of the client that sends the batches. An unknown
 * key under {@code openai-batch.langchain4j} is an error at the start.
 */
@ConfigMapping(prefix = "openai-batch.langchain4j")
public interface LangChain4jConfig {

    /**
     * {@code openai-batch.langchain4j.client}: the named client that sends the batches, as in
     * {@code quarkus.openai-batch."name".*}. Default: the default client.
     */
    Optional<String> client();

    /**
     * {@code openai-batch.langchain4j.chat-model}: the model of chat requests that name none. Default: the value of
     * {@code quarkus.langchain4j.openai.chat-model.model-name}; without both, such a request is refused.
     */
    Optional<String> chatModel();

    /**
     * {@code openai-batch.langchain4j.embedding-model}: the model that embeds. Default: the value of
     * {@code quarkus.langchain4j.openai.embedding-model.model-name}; without both, a batch is refused.
     */
    Optional<String> embeddingModel();

    /**
     * {@code openai-batch.langchain4j.embedding-dimensions}: the length of the vectors, where the model can shorten them.
     * Default: that of the model.
     */
    OptionalInt embeddingDimensions();

    /**
     * {@code openai-batch.langchain4j.max-tokens-field}: the field that takes {@code maxOutputTokens}. Default:
     * {@code max_completion_tokens}; some compatible providers know {@code max_tokens} alone.
     */
    @WithDefault("max_completion_tokens")
    String maxTokensField();

    /**
     * {@code openai-batch.langchain4j.strict-json-schema}: whether the provider must follow the JSON schema of a response
     * format
     * strictly. All properties are then required, optional ones may be null, and there are no others. Default: {@code false}.
     */
    @WithDefault("false")
    boolean strictJsonSchema();
}
