package io.quarkiverse.openai.batch.jsonl.internal.decode;

import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.LinePosition;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.ResultBody;
import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * The parts of a result line, as the public result shows them.
 *
 * @param position null if there is no line
 * @param reason why the line is malformed; null if it is not
 * @param bytes the line; empty if there is none
 * @param bodyFrom index of the first byte of the response's body in {@code bytes}
 * @param bodyTo index behind the body; equal to {@code bodyFrom} if there is none
 */
public record ResultLine(Outcome outcome, String id, String customId, int statusCode, String requestId, LineError error,
        Usage usage, ResultBody body, LinePosition position, String reason, byte[] bytes, int bodyFrom, int bodyTo) {

    private static final byte[] NO_BYTES = {};

    /**
     * @param error null if there is none
     */
    public static ResultLine none(Outcome outcome, String customId, LineError error) {
        return new ResultLine(outcome, null, customId, 0, null, error, Usage.NONE, null, null, null, NO_BYTES, 0, 0);
    }

    /** An answer that is not what was asked for. */
    public ResultLine invalid() {
        return new ResultLine(Outcome.INVALID, id, customId, statusCode, requestId, error, usage, body, position, reason, bytes,
                bodyFrom, bodyTo);
    }

    /**
     * @param bytes null if the line was too long to keep
     */
    static ResultLine malformed(String customId, LinePosition position, byte[] bytes, String reason) {
        return new ResultLine(Outcome.MALFORMED, null, customId, 0, null, null, Usage.NONE, null, position, reason,
                bytes == null ? NO_BYTES : bytes, 0, 0);
    }
}
