package io.quarkiverse.openai.batch.benchmarks.ours;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.benchmarks.work.AsyncBatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.FileTransfer;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;

/** The injected clients. */
@Singleton
public class Services implements BatchCalls, FileTransfer {

    @Inject
    @RestClient
    BatchService batches;
    @Inject
    @RestClient
    FileService files;
    @Inject
    ReactiveBatchService reactive;

    @Override
    public Answer create() {
        return answer(batches.createBatch(request()));
    }

    @Override
    public Answer retrieve() {
        return answer(batches.retrieveBatch(BATCH));
    }

    @Override
    public long upload(Path file) {
        return files.uploadFile(file).bytes();
    }

    @Override
    public InputStream download(String fileId) {
        return files.fileContent(fileId);
    }

    public AsyncBatchCalls withoutWaiting() {
        return new AsyncBatchCalls() {
            @Override
            public CompletionStage<Answer> create() {
                return reactive.createBatch(request()).map(Services::answer).subscribeAsCompletionStage();
            }

            @Override
            public CompletionStage<Answer> retrieve() {
                return reactive.retrieveBatch(BATCH).map(Services::answer).subscribeAsCompletionStage();
            }
        };
    }

    public static CreateBatchRequest request() {
        return CreateBatchRequest.of(INPUT_FILE, Endpoint.CHAT_COMPLETIONS).withCompletionWindow("24h");
    }

    public static Answer answer(Batch batch) {
        return new Answer(batch.id(), batch.statusText(), batch.inputFileId(), batch.createdAt().getEpochSecond());
    }
}
