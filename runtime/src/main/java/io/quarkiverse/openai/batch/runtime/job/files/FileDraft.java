package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A file of a chunk that is being written. Closing it deletes it unless a row names it. */
public interface FileDraft extends Closeable {

    /** Takes its bytes. Writing fails with an {@link EpochEndedException} once the store was closed. */
    WritableByteChannel channel();

    /**
     * Completes the file. It is on disk then, also after a loss of power.
     *
     * @param bytes how many were written
     * @param sha256 of these, in hexadecimal
     */
    StoredFile keep(long bytes, String sha256) throws IOException;
}
