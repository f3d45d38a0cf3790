package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.BatchEmbeddingModel;
import dev.langchain4j.model.output.Response;

/** The four methods that all batch models of langchain4j have, without a common type. */
record BatchModel<Q, A>(Function<BatchRequest<Q>, BatchResponse<A>> submission, Function<String, BatchResponse<A>> retrieval,
        Consumer<String> cancellation, Function<BatchPagination, BatchPage<A>> listing) {

    static BatchModel<ChatRequest, ChatResponse> of(BatchChatModel model) {
        return new BatchModel<>(model::submit, model::retrieve, model::cancel, model::list);
    }

    static BatchModel<TextSegment, Response<Embedding>> of(BatchEmbeddingModel model) {
        return new BatchModel<>(model::submit, model::retrieve, model::cancel, model::list);
    }

    BatchResponse<A> submit(List<Q> requests) {
        return submission.apply(new BatchRequest<>(requests));
    }

    BatchResponse<A> retrieve(String batchId) {
        return retrieval.apply(batchId);
    }

    void cancel(String batchId) {
        cancellation.accept(batchId);
    }

    BatchPage<A> list(BatchPagination pagination) {
        return listing.apply(pagination);
    }

    BatchPage<A> list(Integer pageSize, String pageToken) {
        return list(new BatchPagination(pageSize, pageToken));
    }
}
