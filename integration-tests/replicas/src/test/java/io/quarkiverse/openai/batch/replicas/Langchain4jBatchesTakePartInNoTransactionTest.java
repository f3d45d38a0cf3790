package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchState;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Their submission waits until the lines are stored, which a transaction that is under way would prevent. */
@QuarkusTest
@QuarkusTestResource(PostgresAndEmulator.class)
class Langchain4jBatchesTakePartInNoTransactionTest {

    @Inject
    BatchChatModel chats;

    @Inject
    BatchJobs jobs;

    @Test
    void aBatchStaysWhenTheTransactionIsRolledBack() throws Exception {
        AtomicReference<String> batchId = new AtomicReference<>();
        ChatRequest request = ChatRequest.builder().modelName("gpt-6-luna").messages(UserMessage.from("Hello")).build();
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
            batchId.set(chats.submit(new BatchRequest<>(List.of(request))).batchId());
            throw new IllegalStateException("rolled back on purpose");
        })).hasMessageContaining("rolled back on purpose");

        jobs.find(batchId.get()).orElseThrow().await(Duration.ofMinutes(1));
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(chats.retrieve(batchId.get()).state()).isEqualTo(BatchState.SUCCEEDED);
            assertThat(chats.retrieve(batchId.get()).responses()).hasSize(1);
        });
    }
}
