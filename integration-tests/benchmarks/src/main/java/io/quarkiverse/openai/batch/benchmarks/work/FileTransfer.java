package io.quarkiverse.openai.batch.benchmarks.work;

import java.io.InputStream;
import java.nio.file.Path;

/** A way to send and fetch files. */
public interface FileTransfer {

    /**
     * @return the number of bytes that the server reports as received
     */
    long upload(Path file);

    InputStream download(String fileId);
}
