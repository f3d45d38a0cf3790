package io.quarkiverse.openai.batch;

import java.nio.file.Path;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/**
 * A client with all its services. Build one for a base URL or a key that is known only at run time; it keeps connections, so
 * keep it and {@link #close() close} it, rather than build one for each call. A configured client can be injected, the default
 * one without a qualifier and a named one with {@link BatchClient}; it is closed with the application and must not be closed
 * before.
 * <p>
 * Building one needs a running Quarkus application: the client uses its Vert.x instance, its REST client, and the TLS and proxy
 * configurations that it names. In a plain {@code main} or a test without {@code @QuarkusTest} the builder fails with an
 * {@link IllegalStateException}.
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

    /**
     * Opens the jobs of a directory for this process alone, at the {@linkplain #prices() prices} of the client. All jobs in it
     * are sent by this client. Nothing is sent before {@link DirectoryJobs#start()}. Close the jobs before the client.
     *
     * @param directory is created if it does not exist
     * @throws IllegalStateException if it is open already, in this process or in another; the message says in which
     */
    default DirectoryJobs openJobs(Path directory) {
        return openJobs(directory, prices());
    }

    /**
     * As {@link #openJobs(Path)}, at other prices.
     *
     * @param prices what tokens cost, such as {@code prices().withModel(…)}
     */
    DirectoryJobs openJobs(Path directory, Prices prices);

    /**
     * Reads the jobs of a directory as they are stored now, also while a process has it open. Nothing is written or sent, and
     * what is read does not change afterwards. What would change a job, or wait for a change, throws an
     * {@link IllegalStateException}.
     *
     * @param directory has no jobs if it does not exist
     */
    BatchJobs readJobs(Path directory);

    /** What tokens cost: the configured {@code jobs.prices}; none for a client that was built. */
    Prices prices();

    /** Closes the connections. Running and later calls fail. */
    @Override
    void close();
}
