package io.quarkiverse.openai.batch.benchmarks.work;

import java.io.InputStream;
import java.nio.file.Path;

/** A way to send and fetch files. */
public interface FileTransfer {

    /**
     * @return how many bytes the server says it received
     */
    long upload(Path file);

    InputStream download(String fileId);
}
