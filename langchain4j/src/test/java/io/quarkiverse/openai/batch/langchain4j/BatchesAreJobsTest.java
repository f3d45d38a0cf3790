package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.batch.BatchError;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.batch.BatchState;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkus.test.junit.QuarkusTest;

/** What batches over jobs promise beyond langchain4j's interfaces. */
@QuarkusTest
class BatchesAreJobsTest {

    private static final Map<String, String> MODELS = Map.of("openai-batch.langchain4j.chat-model", "gpt-6-luna",
            "openai-batch.langchain4j.embedding-model", "text-embedding-3-small");

    private final Provider provider = new Provider();
    private OpenAiBatchChatModel chats;

    @BeforeEach
    void start() {
        chats = provider.chatModel(MODELS);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private BatchResponse<ChatResponse> submit(int number) {
        return chats.submit(new BatchRequest<>(IntStream.range(0, number).mapToObj(i -> request("text " + i)).toList()));
    }

    private BatchResponse<ChatResponse> ended(String batchId) {
        await("the end of " + batchId).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).until(() -> {
            provider.letTimePass();
            return chats.retrieve(batchId).state().isTerminal();
        });
        return chats.retrieve(batchId);
    }

    private BatchJob job(String batchId) {
        return provider.jobs().find(batchId).orElseThrow();
    }

    @Test
    void theIdOfABatchIsTheNameOfItsJob() {
        String batchId = submit(2).batchId();
        assertThat(batchId).startsWith("langchain4j-chat-");
        assertThat(job(batchId).report().lines()).isEqualTo(2);
        assertThat(job(batchId).progressNow().spooled()).isTrue();
    }

    @Test
    void aBatchThatIsTooLargeForTheProviderIsSentAsTwo() {
        provider.emulator().speed(100_000);
        String batchId = submit(50_001).batchId();
        BatchResponse<ChatResponse> response = ended(batchId);
        assertThat(job(batchId).report().sending().batches()).isEqualTo(2);
        assertThat(response.responses()).hasSize(50_001);
        assertThat(response.responses().get(50_000).aiMessage().text()).contains("text 50000");
    }

    @Test
    void aBatchThatWasSubmittedSurvivesAKillWithoutItsRequests() {
        provider.emulator().faults().add(RequestFault.on(Operation.CREATE_FILE).status(429).always());
        String batchId = submit(300).batchId();
        provider.killJobs();
        provider.emulator().faults().clear();
        chats = provider.chatModel(MODELS);

        BatchResponse<ChatResponse> response = ended(batchId);
        assertThat(response.state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(response.responses()).hasSize(300);
        assertThat(response.responses().get(299).aiMessage().text()).contains("text 299");
    }

    @Test
    void aBatchWhoseProcessWasKilledWhileItSubmittedHasFailedAndSentNothing() {
        String batchId = new BatchIds("chat").next();
        CountDownLatch reading = new CountDownLatch(1);
        provider.jobs().submit(JobSpec.named(batchId).checkFirst().requests(() -> Stream.generate(() -> {
            reading.countDown();
            return io.quarkiverse.openai.batch.jsonl.BatchRequest.chat(UUID.randomUUID().toString(), "gpt-6-luna", "text");
        })));
        await().until(() -> reading.getCount() == 0);
        provider.killJobs();
        chats = provider.chatModel(MODELS);

        await().until(() -> chats.retrieve(batchId).state() == BatchState.FAILED);
        assertThat(chats.retrieve(batchId).results()).isEmpty();
        assertThat(provider.emulator().requests().list(Operation.CREATE_FILE)).isEmpty();
        chats.cancel(batchId);
        await().until(() -> chats.retrieve(batchId).state() == BatchState.CANCELLED);
    }

    @Test
    void aRequestThatBreaksARuleRefusesTheBatchAndLeavesNothing() {
        BatchRequest<ChatRequest> batch = new BatchRequest<>(List.of(request("whole"), request("half \uD83D")));
        assertThatThrownBy(() -> chats.submit(batch)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not submitted").hasMessageContaining("line 2").hasNoSuppressedExceptions();
        assertThat(provider.jobs().list(JobQuery.all())).isEmpty();
        assertThat(provider.emulator().requests().list(Operation.CREATE_FILE)).isEmpty();
    }

    @Test
    void aRequestThatCannotBeMappedIsNamedBeforeAnythingIsStored() {
        ChatRequest topK = ChatRequest.builder().messages(UserMessage.from("a")).topK(3).build();
        BatchRequest<ChatRequest> batch = new BatchRequest<>(List.of(request("a"), topK));
        assertThatThrownBy(() -> chats.submit(batch)).isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("Request 2 cannot be sent: the parameter topK is not supported");
        assertThat(provider.jobs().list(JobQuery.all())).isEmpty();
    }

    @Test
    void withoutAModelTheKeysAreNamed() {
        BatchRequest<ChatRequest> batch = new BatchRequest<>(List.of(request("a")));
        assertThatThrownBy(() -> provider.chatModel(Map.of()).submit(batch)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openai-batch.langchain4j.chat-model")
                .hasMessageContaining("quarkus.langchain4j.openai.chat-model.model-name");
        BatchRequest<TextSegment> texts = new BatchRequest<>(List.of(TextSegment.from("a")));
        assertThatThrownBy(() -> provider.embeddingModel(Map.of()).submit(texts)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openai-batch.langchain4j.embedding-model")
                .hasMessageContaining("quarkus.langchain4j.openai.embedding-model.model-name");
    }

    @Test
    void batchesOfAnotherKindAndOtherJobsAreUnknown() {
        OpenAiBatchEmbeddingModel embeddings = provider.embeddingModel(MODELS);
        String ofTexts = embeddings.submit(new BatchRequest<>(List.of(TextSegment.from("a")))).batchId();
        provider.jobs().submit(JobSpec.named("reviews").requests(() -> Stream
                .of(io.quarkiverse.openai.batch.jsonl.BatchRequest.chat("1", "gpt-6-luna", "Good?"))));

        assertThat(chats.list(null).batches()).isEmpty();
        assertThat(embeddings.list(null).batches()).hasSize(1);
        for (String id : List.of(ofTexts, "reviews")) {
            assertThatThrownBy(() -> chats.retrieve(id)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(id);
            assertThatThrownBy(() -> chats.cancel(id)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(id);
        }
        assertThat(job("reviews").report().state()).isNotEqualTo(JobState.CANCELLED);
    }

    @Test
    void pagesHaveTheNewestFirstAndStayWhenABatchIsDeleted() {
        List<String> newestFirst = Stream.generate(() -> ended(submit(1).batchId()).batchId()).limit(4)
                .sorted((one, other) -> other.compareTo(one)).toList();
        String token = chats.list(new BatchPagination(2, null)).nextPageToken();
        newestFirst.subList(0, 2).forEach(id -> job(id).delete());
        assertThat(chats.list(new BatchPagination(2, token)).batches()).extracting(BatchResponse::batchId)
                .isEqualTo(newestFirst.subList(2, 4));
    }

    @Test
    void pagesOfAWrongSizeOrTokenAreRefused() {
        assertThatThrownBy(() -> chats.list(new BatchPagination(0, null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> chats.list(new BatchPagination(null, "2"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"2\"");
    }

    @Test
    void aPausedBatchRuns() {
        String batchId = submit(1).batchId();
        job(batchId).pause();
        assertThat(chats.retrieve(batchId).state()).isEqualTo(BatchState.RUNNING);
        job(batchId).resume();
        assertThat(ended(batchId).state()).isEqualTo(BatchState.SUCCEEDED);
    }

    @Test
    void aFailureHasTheStatusAndTheCodeOfTheProvider() {
        provider.letFail(Set.of(1), 400, "invalid_value");
        BatchError error = ended(submit(2).batchId()).errors().get(0);
        assertThat(error.code()).isEqualTo(400);
        assertThat(error.details().get(0)).containsEntry("outcome", "FAILED").containsEntry("code", "invalid_value");
    }

    @Test
    void aBatchWithoutAnyAnswerHasFailed() {
        provider.letFail(Set.of(0, 1), 400, "invalid_value");
        BatchResponse<ChatResponse> response = ended(submit(2).batchId());
        assertThat(response.state()).isEqualTo(BatchState.FAILED);
        assertThat(response.errors()).hasSize(2);
    }

    @Test
    void aBatchOfWhichNothingRanInTimeHasExpired() {
        provider.emulator().faults().add(new BatchFault().always().stopAfter(0, BatchFault.Stop.EXPIRE));
        BatchResponse<ChatResponse> response = ended(submit(2).batchId());
        assertThat(response.state()).isEqualTo(BatchState.EXPIRED);
        assertThat(response.errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.details().get(0)).containsEntry("outcome", "EXPIRED");
            assertThat(error.message()).isNotBlank();
        });
    }

    @Test
    void aResultThatIsMalformedIsAFailureInItsPlace() {
        provider.letFail(Kind.MALFORMED, Set.of(1));
        BatchResponse<ChatResponse> response = ended(submit(3).batchId());
        assertThat(response.state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(response.results().get(1).isSuccess()).isFalse();
        assertThat(response.results().get(1).error().details().get(0).get("outcome")).isIn("MISSING", "MALFORMED");
        assertThat(response.responses()).hasSize(2);
    }

    @Test
    void requestsThatWereCancelledSaySo() {
        provider.emulator().faults().add(RequestFault.on(Operation.CREATE_FILE).status(429).always());
        String batchId = submit(2).batchId();
        assertThat(chats.retrieve(batchId).state()).isEqualTo(BatchState.PENDING);
        chats.cancel(batchId);
        BatchResponse<ChatResponse> response = ended(batchId);
        assertThat(response.state()).isEqualTo(BatchState.CANCELLED);
        assertThat(response.errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.code()).isZero();
            assertThat(error.details().get(0)).containsEntry("outcome", "CANCELLED");
        });
    }
}
