package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.batch.BatchState;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.BatchEmbeddingModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import io.quarkus.test.junit.QuarkusTest;

/** Against the dev service, with the keys of application.properties. */
@QuarkusTest
class BeansAreInjectedTest {

    @Inject
    BatchChatModel chats;

    @Inject
    BatchEmbeddingModel embeddings;

    @Test
    void forChats() {
        ChatRequest request = ChatRequest.builder().messages(UserMessage.from("The capital of France?")).build();
        String batchId = chats.submit(new BatchRequest<>(List.of(request))).batchId();
        await().atMost(Duration.ofMinutes(1)).until(() -> chats.retrieve(batchId).state() == BatchState.SUCCEEDED);

        ChatResponse response = chats.retrieve(batchId).responses().get(0);
        assertThat(response.aiMessage().text()).contains("The capital of France?");
        assertThat(response.modelName()).isEqualTo("gpt-6-luna");
        assertThat(response.id()).isNotBlank();
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().totalTokenCount()).isPositive();
        assertThat(chats.list(null).batches()).extracting(BatchResponse::batchId).contains(batchId);
    }

    @Test
    void forEmbeddings() {
        String batchId = embeddings.submit(new BatchRequest<>(List.of(TextSegment.from("Paris")))).batchId();
        await().atMost(Duration.ofMinutes(1)).until(() -> embeddings.retrieve(batchId).state() == BatchState.SUCCEEDED);

        Response<Embedding> response = embeddings.retrieve(batchId).responses().get(0);
        assertThat(response.content().dimension()).isEqualTo(16);
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        embeddings.cancel(batchId);
        assertThat(embeddings.retrieve(batchId).state()).isEqualTo(BatchState.SUCCEEDED);
    }
}
