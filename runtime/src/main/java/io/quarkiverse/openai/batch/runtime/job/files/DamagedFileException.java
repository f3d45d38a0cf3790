package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;

/** A stored file is damaged or gone. */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what names the file for the one who can restore it
     */
    public DamagedFileException(String what) {
        super("A stored file is damaged or gone: " + what);
    }
}
