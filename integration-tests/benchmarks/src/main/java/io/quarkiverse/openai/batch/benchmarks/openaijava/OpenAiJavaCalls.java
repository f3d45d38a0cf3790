package io.quarkiverse.openai.batch.benchmarks.openaijava;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;

import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.FileTransfer;

public final class OpenAiJavaCalls implements BatchCalls, FileTransfer {

    private final OpenAIClient client;

    public OpenAiJavaCalls(URI server) {
        // it keeps 5 connections otherwise, and opens one for nearly each of 64 calls at once
        client = OpenAIOkHttpClient.builder().baseUrl(server + "/v1").apiKey("key")
                .maxIdleConnections(64).keepAliveDuration(Duration.ofMinutes(5)).build();
    }

    // tag::calls[]
    @Override
    public Answer create() {
        return answer(client.batches().create(BatchCreateParams.builder().inputFileId(INPUT_FILE)
                .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                .completionWindow(BatchCreateParams.CompletionWindow._24H).build()));
    }

    @Override
    public Answer retrieve() {
        return answer(client.batches().retrieve(BATCH));
    }

    private static Answer answer(Batch batch) {
        return new Answer(batch.id(), batch.status().asString(), batch.inputFileId(), batch.createdAt());
    }

    @Override
    public long upload(Path file) {
        return client.files().create(FileCreateParams.builder().file(file).purpose(FilePurpose.BATCH).build()).bytes();
    }

    @Override
    public InputStream download(String fileId) {
        return client.files().content(fileId).body();
    }
    // end::calls[]
}
