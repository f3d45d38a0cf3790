package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.eclipse.microprofile.config.Config;

import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkus.arc.DefaultBean;

/**
 * langchain4j's batches of chats as jobs. Inject {@link BatchChatModel}. The id of a batch is the name of its job:
 * {@code BatchJobs.find(batchId)} returns its report, with the reason why it waits, its tokens and its cost. A batch has any
 * number of requests; where it is too large for one batch of the provider, the job sends several.
 * <p>
 * Messages of the system, the user (texts and images), the AI (text and tool calls) and tools (texts) are sent, and all
 * parameters of {@link dev.langchain4j.model.chat.request.ChatRequestParameters} except for {@code topK}. Requests without a
 * model have that of {@code openai-batch.langchain4j.chat-model}, or of
 * {@code quarkus.langchain4j.openai.chat-model.model-name}. {@link LangChain4jConfig} has all settings.
 * <p>
 * Its methods take part in no transaction. A bean of the application for the same interface replaces it.
 */
@ApplicationScoped
@DefaultBean
@Transactional(TxType.NOT_SUPPORTED)
public class OpenAiBatchChatModel implements BatchChatModel {

    private final JobBatches<ChatResponse> batches;
    private final ChatBodies bodies;

    OpenAiBatchChatModel(BatchJobs jobs, LangChain4jConfig config, Config allKeys) {
        this.batches = new JobBatches<>(jobs, "chat", config.client(), ChatAnswers::of);
        this.bodies = new ChatBodies(ModelNames.chat(config, allKeys), config.maxTokensField(), config.strictJsonSchema());
    }

    /**
     * Stores the requests and returns, usually within a second. The batch is then sent even if the process dies. If the
     * submission fails, nothing was sent, and there is no batch, unless the message says that it could not be withdrawn.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if a request has something that cannot be sent; the message
     *         names it
     * @throws IllegalArgumentException if there are no requests, or a request has no model or breaks a rule of the provider
     * @throws IllegalStateException if the job is cancelled or paused meanwhile, the thread is interrupted or an event loop, or
     *         the application stops
     */
    @Override
    public BatchResponse<ChatResponse> submit(BatchRequest<ChatRequest> request) {
        List<ChatRequest> requests = Requests.checked(request.requests(), bodies::of);
        return batches.submit(() -> IntStream.range(0, requests.size())
                .mapToObj(index -> Requests.line(index, bodies.of(requests.get(index)))));
    }

    /**
     * The state, and once the batch has ended the results, one for each request in the order of submission. All of them are
     * held
     * in memory; {@code BatchJob.results()} reads them in constant memory.
     * <p>
     * A batch that waits for a person ({@code PAUSED}) is {@code RUNNING}. An ended one is {@code SUCCEEDED} if at least one
     * request was answered, {@code EXPIRED} if none was run in time, {@code CANCELLED} with the answers until then, else
     * {@code FAILED}. The code of an error is the HTTP status of the request, 0 if it has none; its details are a map of
     * {@code outcome}, {@code code}, {@code type}, {@code param} and {@code requestId}, as far as they are known. The text of a
     * refusal is that of the message, with the finish reason {@code CONTENT_FILTER}.
     *
     * @throws IllegalArgumentException if there is no such batch of chats; the message names it
     * @throws io.quarkiverse.openai.batch.job.ResultsExpiredException if results were deleted
     */
    @Override
    public BatchResponse<ChatResponse> retrieve(String batchId) {
        return batches.retrieve(batchId);
    }

    /**
     * Cancels the batch; one that has ended stays as it is. It is {@code RUNNING} until its batches at the provider have ended.
     *
     * @throws IllegalArgumentException if there is no such batch of chats; the message names it
     */
    @Override
    public void cancel(String batchId) {
        batches.cancel(batchId);
    }

    /**
     * The batches of chats that were submitted here and are kept ({@code jobs.retention}), the newest first, without results.
     *
     * @param pagination null for the first page. Default page size: 20
     * @throws IllegalArgumentException if the page size is less than 1, or the token not one of such a page
     */
    @Override
    public BatchPage<ChatResponse> list(BatchPagination pagination) {
        return batches.list(pagination);
    }
}
