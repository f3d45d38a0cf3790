package io.quarkiverse.openai.batch.runtime.store;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * What became of the lines of a chunk. Each line counts once in a job: in the chunk in which its outcome became final.
 *
 * @param succeeded lines answered with 2xx
 * @param failed lines that failed for good
 * @param expired lines that were not run in time
 * @param cancelled lines that were not run because of a cancel
 * @param missing lines that no result file answers
 * @param malformed lines whose answer cannot be read
 * @param unpaid of all these, lines that were surely not paid for
 * @param resent lines that were unpaid and are sent again
 * @param resentUnknown lines that may have been paid and are sent again
 * @param foreign result lines that answer no line of the chunk
 * @param extra result lines beyond the one that counts
 * @param usage tokens of the lines that count
 * @param firstErrors codes of the first failed lines, for the report
 */
public record Tally(long succeeded, long failed, long expired, long cancelled, long missing, long malformed, long unpaid,
        long resent, long resentUnknown, long foreign, long extra, Usage usage, List<String> firstErrors) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Usage.NONE, List.of());

    /** Of lines that were never sent. */
    public static Tally cancelled(long lines) {
        return new Tally(0, 0, 0, lines, 0, 0, lines, 0, 0, 0, 0, Usage.NONE, List.of("batch_cancelled"));
    }

    /** Lines that may have been paid for, and have no answer that can be used. */
    @JsonIgnore
    public long paymentUnknown() {
        return failed + expired + cancelled + missing + malformed - unpaid;
    }

    public long of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> succeeded;
            case FAILED -> failed;
            case EXPIRED -> expired;
            case CANCELLED -> cancelled;
            case MISSING -> missing;
            case MALFORMED -> malformed;
        };
    }
}
