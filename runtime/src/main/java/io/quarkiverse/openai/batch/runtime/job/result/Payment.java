package io.quarkiverse.openai.batch.runtime.job.result;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** Whether a line was paid for, by what it was answered with. */
public enum Payment {
    /** Answered with 2xx. */
    PAID,
    /** Not run, or refused: sending it again pays it once, but it may be answered otherwise. */
    UNPAID,
    /** Refused as it is: sending it again would be answered the same. */
    REFUSED,
    /** A server error, or status 0: it may have been run. */
    UNKNOWN_ERROR,
    /** No line answers it, or none that can be read: it may have been run. */
    UNKNOWN_ANSWER;

    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    public static Payment of(BatchResult result) {
        Outcome outcome = result.outcome();
        return switch (outcome) {
            case SUCCEEDED, INVALID -> PAID;
            case EXPIRED, CANCELLED -> UNPAID;
            case MISSING, MALFORMED -> UNKNOWN_ANSWER;
            case FAILED -> ofFailure(result.statusCode());
        };
    }

    private static Payment ofFailure(int status) {
        if (status == TIMEOUT || status == CONFLICT || status == TOO_MANY) {
            return UNPAID;
        }
        return status >= 400 && status < 500 ? REFUSED : UNKNOWN_ERROR;
    }
}
