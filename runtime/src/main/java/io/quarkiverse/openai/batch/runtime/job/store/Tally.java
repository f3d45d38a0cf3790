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
 * @param invalid lines whose answer is not what was asked for
 * @param unpaid of all these, lines that were surely not paid for
 * @param resent lines that were unpaid and are sent again
 * @param resentUnknown lines that may have been paid and are sent again
 * @param resentInvalid lines that were paid for an invalid answer and are sent again
 * @param foreign result lines that answer no line of the chunk
 * @param extra result lines beyond the one that counts
 * @param usage tokens of the lines that were counted here, also of those that moved to another chunk later
 * @param longPrompts of these, the tokens of lines with long prompts, which have prices of their own
 * @param firstErrors codes of the first failed lines, for the report
 */
public record Tally(long succeeded, long failed, long expired, long cancelled, long missing, long malformed, long invalid,
        long unpaid, long resent, long resentUnknown, long resentInvalid, long foreign, long extra, Usage usage,
        Usage longPrompts, List<String> firstErrors) {

    public static final Tally NONE = of(Map.of(), 0, Usage.NONE, List.of());

    /** Rows of earlier versions have no long prompts. */
    public Tally {
        longPrompts = longPrompts == null ? Usage.NONE : longPrompts;
    }

    /**
     * @param outcomes lines by outcome
     * @param unpaid of these, lines that were surely not paid for
     * @param usage tokens of these
     * @param firstErrors codes of the first failed lines
     */
    public static Tally of(Map<Outcome, Long> outcomes, long unpaid, Usage usage, List<String> firstErrors) {
        return new Tally(count(outcomes, Outcome.SUCCEEDED), count(outcomes, Outcome.FAILED), count(outcomes, Outcome.EXPIRED),
                count(outcomes, Outcome.CANCELLED), count(outcomes, Outcome.MISSING), count(outcomes, Outcome.MALFORMED),
                count(outcomes, Outcome.INVALID), unpaid, 0, 0, 0, 0, 0, usage, Usage.NONE, firstErrors);
    }

    private static long count(Map<Outcome, Long> outcomes, Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** With lines that are sent again, and result lines that are not needed. */
    public Tally with(long resentLines, long resentUnknownLines, long resentInvalidLines, long foreignLines,
            long extraLines) {
        return new Tally(succeeded, failed, expired, cancelled, missing, malformed, invalid, unpaid, resentLines,
                resentUnknownLines, resentInvalidLines, foreignLines, extraLines, usage, longPrompts, firstErrors);
    }

    /** With the tokens of lines with long prompts. */
    public Tally withLongPrompts(Usage tokens) {
        return new Tally(succeeded, failed, expired, cancelled, missing, malformed, invalid, unpaid, resent, resentUnknown,
                resentInvalid, foreign, extra, usage, tokens, firstErrors);
    }

    /**
     * Without lines that moved to another chunk.
     *
     * @param outcomes these lines by outcome
     * @param notPaid of these, lines that were surely not paid for
     */
    public Tally without(Map<Outcome, Long> outcomes, long notPaid) {
        Tally moved = of(outcomes, notPaid, Usage.NONE, List.of());
        List<String> errors = firstErrors.stream().limit(unsuccessful() - moved.unsuccessful()).toList();
        return new Tally(succeeded - moved.succeeded, failed - moved.failed, expired - moved.expired,
                cancelled - moved.cancelled, missing - moved.missing, malformed - moved.malformed, invalid - moved.invalid,
                unpaid - notPaid, resent, resentUnknown, resentInvalid, foreign, extra, usage, longPrompts, errors);
    }

    /** Lines whose outcome is final here. */
    public long lines() {
        return succeeded + unsuccessful();
    }

    /** Lines that did not succeed. */
    public long unsuccessful() {
        return failed + expired + cancelled + missing + malformed + invalid;
    }

    /** Lines that were paid for. */
    @JsonIgnore
    public long paid() {
        return succeeded + invalid;
    }

    /** Lines that may have been paid for, and have no answer that can be used. */
    @JsonIgnore
    public long paymentUnknown() {
        return unsuccessful() - invalid - unpaid;
    }

    public long of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> succeeded;
            case FAILED -> failed;
            case EXPIRED -> expired;
            case CANCELLED -> cancelled;
            case MISSING -> missing;
            case MALFORMED -> malformed;
            case INVALID -> invalid;
        };
    }
}
