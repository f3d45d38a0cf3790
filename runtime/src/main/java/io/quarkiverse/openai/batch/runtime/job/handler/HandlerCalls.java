package io.quarkiverse.openai.batch.runtime.job.handler;

/**
 * The calls of a handler, for all jobs. Only a call that began after a failure tells that the handler takes others: one that
 * was under way when an outage began may still succeed.
 */
final class HandlerCalls {

    private long failures;
    private long takenAfter;

    /** The number of failures before a call that begins now. */
    synchronized long begun() {
        return failures;
    }

    /**
     * @param begun the number of failures before the call
     */
    synchronized void taken(long begun) {
        takenAfter = Math.max(takenAfter, begun);
    }

    /** Returns the number of the failure, counted from 1. */
    synchronized long failed() {
        return ++failures;
    }

    /** Whether a call that began after a failure was taken. */
    synchronized boolean tookAfter(long failure) {
        return takenAfter >= failure;
    }
}
