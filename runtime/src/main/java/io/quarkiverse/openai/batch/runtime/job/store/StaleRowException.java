package io.quarkiverse.openai.batch.runtime.job.store;

/** A row was changed since it was read. */
public class StaleRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleRowException(String row) {
        super("The row of " + row + " was written by somebody else");
    }
}
