package io.quarkiverse.openai.batch.runtime.job.user;

/** The application's code failed. The cause is what it threw, also an {@link Error}. */
public final class UserCodeException extends Exception {

    private static final long serialVersionUID = 1L;

    UserCodeException(Throwable thrown) {
        super(thrown.getClass().getName(), thrown);
    }
}
