package io.quarkiverse.openai.batch.runtime.retry;

/** Whether an operation allows another attempt after a failure. */
public enum Repetition {
    /** Another attempt could do harm. */
    NEVER,
    /** The retry options decide. */
    AS_CONFIGURED,
    /** The failure is known to be transient. */
    ALWAYS
}
