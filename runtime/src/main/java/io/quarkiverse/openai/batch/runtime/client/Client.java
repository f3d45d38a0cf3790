package io.quarkiverse.openai.batch.runtime.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoopGroup;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Credentials;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.arc.Arc;
import io.vertx.core.Vertx;

/** The services of one client, over one REST client. */
public final class Client implements OpenAiBatch {

    private final WireApi api;
    private final ClientSettings settings;
    private final BatchOperations batches;
    private final FileOperations files;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Client(WireApi api, ClientSettings settings, Credentials credentials) {
        this.api = api;
        this.settings = settings;
        // its timers are released when they are cancelled; those of Mutiny stay in memory until their time
        EventLoopGroup timers = Arc.container().instance(Vertx.class).get().nettyEventLoopGroup();
        CallSender sender = new CallSender(api, settings, credentials, timers);
        this.batches = new BatchOperations(sender);
        this.files = new FileOperations(sender);
    }

    public ClientSettings settings() {
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
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            ((Closeable) api).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
