package io.quarkiverse.openai.batch.runtime.job.files;

/** A store was closed, or its lock was lost: nothing more may be written by those who used it. */
public final class EpochEndedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public EpochEndedException(String message) {
        super(message);
    }
}
