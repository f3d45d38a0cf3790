package io.quarkiverse.openai.batch;

import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/**
 * A client that was not injected but built, for a base URL or a key that is known only at run time. It keeps connections, so
 * it is to be kept and {@link #close() closed}, not made for each call.
 */
public interface OpenAiBatch extends AutoCloseable {

    /** Starts from the provider of {@link OpenAiBatchBuilder#baseUrl}, or OpenAI. */
    static OpenAiBatchBuilder builder() {
        return new OpenAiBatchBuilder();
    }

    BatchService batches();

    FileService files();

    ReactiveBatchService reactiveBatches();

    ReactiveFileService reactiveFiles();

    /** Closes the connections. Calls under way fail; further ones too. */
    @Override
    void close();
}
