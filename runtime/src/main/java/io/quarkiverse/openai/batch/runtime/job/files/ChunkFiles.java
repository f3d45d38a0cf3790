package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.io.InputStream;

/**
 * The files of chunks. A file lives from its draft for as long as a row names it: whoever writes a row without it deletes it,
 * and
 * drafts that no row came to name are deleted when the store is opened again.
 */
public interface ChunkFiles {

    FileDraft draft(String job, ChunkFile kind) throws IOException;

    /**
     * Reads a file from its start to its end, and compares it with its size and digest.
     *
     * @throws DamagedFileException also at the end, if it is not the one that was written
     */
    InputStream open(String job, StoredFile file) throws IOException;

    /**
     * Reads a file from an offset on; only its size is compared.
     *
     * @throws DamagedFileException if it is gone, or has another size
     */
    InputStream openAt(String job, StoredFile file, long offset) throws IOException;

    /**
     * Opens a file for what needs one on disk.
     *
     * @throws DamagedFileException if it is gone, or has another size
     */
    LocalFile local(String job, StoredFile file) throws IOException;
}
