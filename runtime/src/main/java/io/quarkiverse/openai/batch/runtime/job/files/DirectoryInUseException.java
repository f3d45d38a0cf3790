package io.quarkiverse.openai.batch.runtime.job.files;

/** A directory is locked. The message says by which process. */
public final class DirectoryInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public DirectoryInUseException(String message) {
        super(message);
    }
}
