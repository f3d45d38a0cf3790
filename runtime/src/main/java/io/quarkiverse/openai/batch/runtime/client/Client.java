package io.quarkiverse.openai.batch.runtime.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.ReactiveBatchService;
import io.quarkiverse.openai.batch.ReactiveFileService;

/** The services of one client, over one REST client. */
final class Client implements OpenAiBatch {

    private final WireApi api;
    private final ClientSettings settings;
    private final BatchOperations batches;
    private final FileOperations files;

    Client(WireApi api, ClientSettings settings, Credentials credentials) {
        this.api = api;
        this.settings = settings;
        Exchange exchange = new Exchange(api, settings, credentials);
        this.batches = new BatchOperations(exchange);
        this.files = new FileOperations(exchange);
    }

    ClientSettings settings() {
        return settings;
    }

    @Override
    public BatchService batches() {
        return new BlockingBatchService(batches, CallOptions.none());
    }

    @Override
    public FileService files() {
        return new BlockingFileService(files, CallOptions.none());
    }

    @Override
    public ReactiveBatchService reactiveBatches() {
        return new MutinyBatchService(batches, CallOptions.none());
    }

    @Override
    public ReactiveFileService reactiveFiles() {
        return new MutinyFileService(files, CallOptions.none());
    }

    @Override
    public void close() {
        try {
            ((Closeable) api).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
