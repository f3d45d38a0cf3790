package io.quarkiverse.openai.batch.runtime.job;

import io.quarkiverse.openai.batch.runtime.store.JobRow.Question;

/** A job cannot go on without a person. The message is what the person is told. */
final class PauseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Question question;

    PauseException(String reason) {
        this(reason, null);
    }

    /**
     * @param question what the person decides about by resuming the job
     */
    PauseException(String reason, Question question) {
        super(reason);
        this.question = question;
    }

    /** Null if there is something to mend, and nothing to decide. */
    Question question() {
        return question;
    }
}
