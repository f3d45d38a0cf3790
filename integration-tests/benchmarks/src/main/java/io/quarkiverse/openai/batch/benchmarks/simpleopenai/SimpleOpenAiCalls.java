package io.quarkiverse.openai.batch.benchmarks.simpleopenai;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.sashirestela.openai.SimpleOpenAI;
import io.github.sashirestela.openai.domain.batch.Batch;
import io.github.sashirestela.openai.domain.batch.BatchRequest;
import io.github.sashirestela.openai.domain.batch.BatchRequest.CompletionWindowType;
import io.github.sashirestela.openai.domain.batch.EndpointType;
import io.github.sashirestela.openai.domain.file.FileRequest;
import io.github.sashirestela.openai.domain.file.FileRequest.PurposeType;
import io.quarkiverse.openai.batch.benchmarks.work.AsyncBatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls.Answer;
import io.quarkiverse.openai.batch.benchmarks.work.FileTransfer;

public final class SimpleOpenAiCalls implements AsyncBatchCalls, FileTransfer {

    private final SimpleOpenAI client;

    public SimpleOpenAiCalls(URI server) {
        client = SimpleOpenAI.builder().baseUrl(server.toString()).apiKey("key").build();
    }

    @Override
    public CompletionStage<Answer> create() {
        return answer(client.batches().create(BatchRequest.builder().inputFileId(BatchCalls.INPUT_FILE)
                .endpoint(EndpointType.CHAT_COMPLETIONS).completionWindow(CompletionWindowType.T24H).build()));
    }

    @Override
    public CompletionStage<Answer> retrieve() {
        return answer(client.batches().getOne(BatchCalls.BATCH));
    }

    private static CompletionStage<Answer> answer(CompletableFuture<Batch> batch) {
        return batch.thenApply(b -> new Answer(b.getId(), b.getStatus(), b.getInputFileId(), b.getCreatedAt()));
    }

    @Override
    public long upload(Path file) {
        return client.files().create(FileRequest.builder().file(file).purpose(PurposeType.BATCH).build()).join().getBytes();
    }

    @Override
    public InputStream download(String fileId) {
        return client.files().getContentInputStream(fileId).join();
    }
}
