package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.List;
import java.util.Map;

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
 * @param replaced tokens of answers that do not count any more, since their lines were run again as was asked for
 * @param firstErrors codes of the first failed lines, for the report
 */
public record Tally(long succeeded, long failed, long expired, long cancelled, long missing, long malformed, long unpaid,
        long resent, long resentUnknown, long foreign, long extra, Usage usage, Usage replaced, List<String> firstErrors) {

    public static final Tally NONE = of(Map.of(), 0, Usage.NONE, List.of());

    /**
     * @param outcomes lines by outcome
     * @param unpaid of these, lines that were surely not paid for
     * @param usage tokens of these
     * @param firstErrors codes of the first failed lines
     */
    public static Tally of(Map<Outcome, Long> outcomes, long unpaid, Usage usage, List<String> firstErrors) {
        return new Tally(count(outcomes, Outcome.SUCCEEDED), count(outcomes, Outcome.FAILED), count(outcomes, Outcome.EXPIRED),
                count(outcomes, Outcome.CANCELLED), count(outcomes, Outcome.MISSING), count(outcomes, Outcome.MALFORMED),
                unpaid, 0, 0, 0, 0, usage, Usage.NONE, firstErrors);
    }

    private static long count(Map<Outcome, Long> outcomes, Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Of lines that were never sent. */
    public static Tally cancelled(long lines) {
        return of(Map.of(Outcome.CANCELLED, lines), lines, Usage.NONE, List.of("batch_cancelled"));
    }

    /** Of lines that were sent, and of which nothing is known. */
    public static Tally missing(long lines) {
        return of(Map.of(Outcome.MISSING, lines), 0, Usage.NONE, List.of());
    }

    /** With lines that are sent again, and result lines that are not needed. */
    public Tally with(long resentLines, long resentUnknownLines, long foreignLines, long extraLines) {
        return new Tally(succeeded, failed, expired, cancelled, missing, malformed, unpaid, resentLines, resentUnknownLines,
                foreignLines, extraLines, usage, replaced, firstErrors);
    }

    /** After what this one says was taken from another, and what is left was counted. */
    public Tally after(Tally before) {
        return new Tally(succeeded, failed, expired, cancelled, missing, malformed, unpaid, before.resent,
                before.resentUnknown, before.foreign, before.extra, usage,
                before.replaced.plus(before.usage.minus(usage)), firstErrors);
    }

    /** Lines whose outcome is final here. */
    public long lines() {
        return succeeded + unsuccessful();
    }

    /** Lines that did not succeed. */
    public long unsuccessful() {
        return failed + expired + cancelled + missing + malformed;
    }

    /** Lines that may have been paid for, and have no answer that can be used. */
    @JsonIgnore
    public long paymentUnknown() {
        return unsuccessful() - unpaid;
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
