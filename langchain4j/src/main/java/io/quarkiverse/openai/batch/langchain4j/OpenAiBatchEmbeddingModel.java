package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.eclipse.microprofile.config.Config;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.embedding.BatchEmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkus.arc.DefaultBean;

/**
 * langchain4j's batches of embeddings as jobs. Inject {@link BatchEmbeddingModel}. Each text is a line of its own; the metadata
 * of a segment is not sent. The model is that of {@code openai-batch.langchain4j.embedding-model}, or of
 * {@code quarkus.langchain4j.openai.embedding-model.model-name}; the length of the vectors is
 * {@code openai-batch.langchain4j.embedding-dimensions}. Otherwise as {@link OpenAiBatchChatModel}.
 */
@ApplicationScoped
@DefaultBean
@Transactional(TxType.NOT_SUPPORTED)
public class OpenAiBatchEmbeddingModel implements BatchEmbeddingModel {

    private final JobBatches<Response<Embedding>> batches;
    private final Optional<String> model;
    private final OptionalInt dimensions;

    OpenAiBatchEmbeddingModel(BatchJobs jobs, LangChain4jConfig config, Config allKeys) {
        this.batches = new JobBatches<>(jobs, "embedding", config.client(), OpenAiBatchEmbeddingModel::answer);
        this.model = ModelNames.embedding(config, allKeys);
        this.dimensions = config.embeddingDimensions();
    }

    /**
     * Stores the texts and returns, as {@link OpenAiBatchChatModel#submit}.
     *
     * @throws IllegalArgumentException if there are no texts, no model is configured, or a text breaks a rule of the provider
     * @throws IllegalStateException as {@link OpenAiBatchChatModel#submit}
     */
    @Override
    public BatchResponse<Response<Embedding>> submit(BatchRequest<TextSegment> request) {
        List<TextSegment> texts = Requests.checked(request.requests(), this::body);
        return batches.submit(() -> IntStream.range(0, texts.size())
                .mapToObj(index -> Requests.line(index, body(texts.get(index)))));
    }

    private EmbeddingsBody body(TextSegment text) {
        EmbeddingsBody body = EmbeddingsBody.of(model.orElseThrow(() -> new IllegalArgumentException(
                "no model is configured; set %s or %s".formatted(ModelNames.EMBEDDING, ModelNames.EMBEDDING_OF_LANGCHAIN4J))))
                .input(text.text());
        return dimensions.isPresent() ? body.dimensions(dimensions.getAsInt()) : body;
    }

    private static BatchItemResult<Response<Embedding>> answer(BatchResult result) {
        if (!result.succeeded()) {
            return BatchItemResult.failure(ItemErrors.of(result));
        }
        float[] vector = result.embedding();
        return vector == null ? BatchItemResult.failure(ItemErrors.of(result, "The answer has no embedding"))
                : BatchItemResult.success(Response.from(Embedding.from(vector), TokenCounts.of(result.usage())));
    }

    /**
     * The state, and once the batch has ended the vectors, as {@link OpenAiBatchChatModel#retrieve}.
     *
     * @throws IllegalArgumentException if there is no such batch of embeddings; the message names it
     * @throws io.quarkiverse.openai.batch.job.ResultsExpiredException if results were deleted
     */
    @Override
    public BatchResponse<Response<Embedding>> retrieve(String batchId) {
        return batches.retrieve(batchId);
    }

    /**
     * Cancels the batch, as {@link OpenAiBatchChatModel#cancel}.
     *
     * @throws IllegalArgumentException if there is no such batch of embeddings; the message names it
     */
    @Override
    public void cancel(String batchId) {
        batches.cancel(batchId);
    }

    /**
     * The batches of embeddings that were submitted here, as {@link OpenAiBatchChatModel#list}.
     *
     * @throws IllegalArgumentException if the page size is less than 1, or the token not one of such a page
     */
    @Override
    public BatchPage<Response<Embedding>> list(BatchPagination pagination) {
        return batches.list(pagination);
    }
}
