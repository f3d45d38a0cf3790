package io.quarkiverse.openai.batch.langchain4j;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ChatBatchesOverJobsTest extends BatchModelContract<ChatRequest, ChatResponse> {

    private Provider provider;
    private BatchModel<ChatRequest, ChatResponse> model;

    @BeforeEach
    void start() {
        provider = new Provider();
        model = BatchModel.of(provider.chatModel(Map.of("openai-batch.langchain4j.chat-model", "gpt-6-luna")));
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
        provider.letFail(positions, 400, "invalid_value");
    }
}
