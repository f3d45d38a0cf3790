package io.quarkiverse.openai.batch.jsonl;

/** What became of one line of a batch: exactly one of these. */
public enum Outcome {

    /** Answered with a 2xx status and a body. Paid. */
    SUCCEEDED,

    /**
     * Answered with another status, with an error, or with neither answer nor error ({@code status_code} 0 or none at all).
     */
    FAILED,

    /** Not executed within the completion window: error code {@code batch_expired} (OpenAI, Batch guide). Not paid. */
    EXPIRED,

    /** Not executed because the batch was cancelled: error code {@code batch_cancelled}. Not paid. */
    CANCELLED,

    /** No line of the result files has the request's {@code custom_id}. */
    MISSING,

    /** The result line is no JSON object with a {@code custom_id}, or longer than the reader's bound. */
    MALFORMED,

    /**
     * Answered, but not as was asked: not of the JSON schema of its request, cut off, or refused by a check of the application.
     * Paid. Only jobs have it.
     */
    INVALID
}
