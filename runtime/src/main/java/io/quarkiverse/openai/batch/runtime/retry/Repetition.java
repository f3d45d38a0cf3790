package io.quarkiverse.openai.batch.runtime.retry;

/** What an operation itself says to another attempt after a failure. */
public enum Repetition {
    /** It could do harm. */
    NEVER,
    /** As the retry options say. */
    AS_CONFIGURED,
    /** The failure is known to pass. */
    ALWAYS
}
