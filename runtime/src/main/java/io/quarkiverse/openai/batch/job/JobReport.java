package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * What became of a job, or has until now.
 *
 * @param name the name of the job
 * @param state where it stands
 * @param reason why it is paused or interrupted, or was stopped before its end; null otherwise
 * @param lines lines that were read from its source
 * @param outcomes lines by outcome; each line counts once
 * @param paid lines that were answered with 2xx, and so were paid for
 * @param unpaid lines that were surely not paid for: not run, or refused
 * @param paymentUnknown lines that may have been paid for: missing, malformed, or answered with a server error
 * @param attempts times that a line was sent
 * @param resent times that a line was sent again although surely unpaid
 * @param resentUnknown times that a line was sent again that may have been paid
 * @param handlerFailed times that a method with {@link OnBatchResult} failed at a line for good
 * @param extraLines result lines beyond the one that counts for each line, and such that answer no line of the job
 * @param batches batches that were created
 * @param twins batches that were created twice by mistake
 * @param tokens tokens by model, of all answers, also of those whose lines were run again
 * @param cost of these tokens, at the configured prices; null if a model has none
 * @param expectedTokens tokens that all lines read are expected to use, as is known by now
 * @param expectedCost what these are expected to cost; null if a model has no price
 * @param firstErrors the codes of the first failed lines
 * @param createdAt when the job was submitted
 * @param endedAt when it ended; null before
 * @param readableUntil until when all results can be read; null if nobody says
 */
public record JobReport(String name, JobState state, String reason, long lines, Map<Outcome, Long> outcomes, long paid,
        long unpaid, long paymentUnknown, long attempts, long resent, long resentUnknown, long handlerFailed, long extraLines,
        int batches, int twins, Map<String, Usage> tokens, BigDecimal cost, long expectedTokens, BigDecimal expectedCost,
        List<String> firstErrors, Instant createdAt, Instant endedAt, Instant readableUntil) {

    /** Lines with this outcome. */
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How long the job took, or has until now. */
    public Duration duration(Instant now) {
        return Duration.between(createdAt, endedAt == null ? now : endedAt);
    }
}
