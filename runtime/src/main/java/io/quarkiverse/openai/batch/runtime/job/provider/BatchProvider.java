package io.quarkiverse.openai.batch.runtime.job.provider;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider of batches, as one client reaches it. Each method makes one call, with the client's retries, and throws a
 * {@link ProviderException} if it fails.
 */
public interface BatchProvider {

    Capabilities capabilities();

    /**
     * @throws io.quarkus.runtime.configuration.ConfigurationException if no call could be sent, such as for want of a key
     */
    default void requireReady() {
    }

    /**
     * Uploads a file of requests. A file whose answer was lost is found by {@link #files}.
     *
     * @param name one of a kind
     * @return the id of the file
     */
    String upload(Path requests, String name);

    /**
     * The uploaded files with these names, newest first. Needs {@link Capabilities#listing}.
     */
    List<RemoteFile> files(Set<String> names);

    /**
     * @throws ProviderException of {@link ProviderException.Kind#OPEN} if it is not known whether the batch was created
     */
    RemoteBatch create(NewBatch batch);

    /**
     * A page of the listing of batches. Needs {@link Capabilities#listing}.
     *
     * @param cursor of the page before; null for the first page
     */
    BatchPage list(String cursor);

    RemoteBatch retrieve(String batch);

    /** Asks the provider to stop a batch. That it has ended, or is being stopped, is no error. */
    void stop(String batch);

    RemoteFile file(String file);

    /** The bytes of a file, as a stream from the network that must be closed. */
    InputStream content(String file);

    /** Deletes a file. That it is gone is no error. */
    void delete(String file);

    /**
     * The day on which a model ends; empty if none is known.
     *
     * @throws RuntimeException if the provider does not tell; then nothing is known
     */
    default Optional<LocalDate> end(String model) {
        return Optional.empty();
    }

    /**
     * What a provider can do.
     *
     * @param listing batches and files can be listed, so that one whose answer was lost can be found
     */
    record Capabilities(boolean listing) {

        public static final Capabilities ALL = new Capabilities(true);
    }

    /**
     * A batch to be created.
     *
     * @param file the uploaded requests
     * @param endpoint of all its lines, as a path
     * @param window the completion window; null for the client's
     * @param metadata its pairs; empty for none
     */
    record NewBatch(String file, String endpoint, String window, Map<String, String> metadata) {
    }

    /**
     * A file.
     *
     * @param name null if the provider does not tell it
     * @param bytes its size; null if the provider does not tell it
     */
    record RemoteFile(String id, String name, Long bytes) {
    }
}
