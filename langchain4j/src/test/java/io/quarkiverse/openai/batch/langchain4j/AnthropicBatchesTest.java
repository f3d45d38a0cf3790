package io.quarkiverse.openai.batch.langchain4j;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicBatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** The suite holds for an implementation of langchain4j too, so it asks for nothing that only jobs have. */
class AnthropicBatchesTest extends BatchModelContract<ChatRequest, ChatResponse> {

    private AnthropicStub provider;
    private BatchModel<ChatRequest, ChatResponse> model;

    @BeforeEach
    void start() {
        provider = new AnthropicStub();
        model = BatchModel.of(AnthropicBatchChatModel.builder().baseUrl(provider.baseUrl()).apiKey("any").maxRetries(0)
                .modelName("claude-any").build());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Override
    BatchModel<ChatRequest, ChatResponse> model() {
        return model;
    }

    @Override
    ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Override
    Object content(ChatResponse answer) {
        return answer.aiMessage().text();
    }

    @Override
    void letTimePass() {
        provider.letTimePass();
    }

    @Override
    void letFail(Set<Integer> positions) {
        provider.letFail(positions);
    }
}
