package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * The state of a job and of its lines, now or at its end. Reports are made by the extension only: a later version may add
 * components to this record and to the records in it.
 *
 * @param name the name of the job
 * @param version the version of its specification
 * @param client the name of its client
 * @param state its state
 * @param reason why the job is paused or interrupted, was stopped before its end, or has failed to do something for ten
 *        minutes, with what is tried next and when; null otherwise
 * @param question what {@link BatchJob#resume()} agrees to if the job is paused; null if there is nothing to decide
 * @param lines number of lines read from the source
 * @param outcomes number of lines by outcome; each line counts once, and lines without an outcome yet do not count
 * @param payment number of lines by whether they were paid for
 * @param sending what was sent to the provider
 * @param usage tokens and cost
 * @param results facts about the result lines
 * @param times when the job began and ended
 * @param batches the batches created for it, with the numbers of their chunks
 * @param waits who or what the job waits for; empty once it has ended
 */
public record JobReport(String name, String version, String client, JobState state, String reason, Question question,
        long lines,
        Map<Outcome, Long> outcomes, Payment payment, Sending sending, TokenUsage usage, Results results, Times times,
        List<SentBatch> batches, List<Wait> waits) {

    /** What a paused job asks. {@link BatchJob#resume()} agrees, {@link BatchJob#cancel()} does not. */
    public enum Question {
        /** The job is expected to use more than {@link JobSpec#maxTokens} or {@link JobSpec#maxCost} allow: continue? */
        ESTIMATE,
        /** Too many lines of the canary did not succeed: continue? */
        CANARY
    }

    /**
     * Lines that have an outcome, by whether they were paid for. The sum is the sum of all outcomes.
     *
     * @param paid lines that were answered, also with an invalid answer
     * @param unpaid lines that were certainly not paid for: not run, or refused
     * @param unknown lines that may have been paid for: missing, malformed, or answered with a server error
     */
    public record Payment(long paid, long unpaid, long unknown) {
    }

    /**
     * What was sent to the provider.
     *
     * @param batches number of batches created
     * @param duplicates number of further batches that were created by mistake for lines that were already in a batch
     * @param attempts how many times lines were sent; a line that was sent twice counts twice
     * @param resent how many times a line was sent again that was certainly not paid for
     * @param resentUnknown how many times a line was sent again that may have been paid for
     * @param resentInvalid how many times a line was sent again, and paid again, since its answer was invalid
     * @param mayRun ids of batches that may still run and cost, although a cancelled job waits for them no more
     * @param filesLeft ids of files that could not be deleted at the provider
     */
    public record Sending(int batches, int duplicates, long attempts, long resent, long resentUnknown, long resentInvalid,
            List<String> mayRun,
            List<String> filesLeft) {
    }

    /**
     * Tokens that the provider reported, and what they cost at the prices of the client ({@link Prices}). Answers that no
     * longer count because their lines were run again are included: they were paid for.
     *
     * @param ofModels tokens used so far, by model; the name is empty for lines that name no model
     * @param cost cost of the tokens used so far; null if a model has no price
     * @param costOfModels cost of the tokens used so far, of each model that has a price
     * @param expectedTokens tokens that all lines read so far are expected to use, prompts and answers; an estimate corrected
     *        by the answers
     * @param expectedCost cost of the expected tokens, none of which are cached or of long prompts; null if a model has no
     *        price
     */
    public record TokenUsage(Map<String, Usage> ofModels, BigDecimal cost, Map<String, BigDecimal> costOfModels,
            long expectedTokens, BigDecimal expectedCost) {

        /** The models that have used tokens whose price is not known; the name is empty for lines that name no model. */
        public List<String> unpriced() {
            return ofModels.entrySet().stream()
                    .filter(of -> of.getValue().totalTokens() > 0 && !costOfModels.containsKey(of.getKey()))
                    .map(Map.Entry::getKey).toList();
        }

        /** Tokens used so far, of all models. */
        public Usage total() {
            return ofModels.values().stream().reduce(Usage.NONE, Usage::plus);
        }
    }

    /**
     * Facts about the result lines.
     *
     * @param ignored result lines that were ignored: duplicates, and lines whose {@code custom_id} is not in the job
     * @param unattributed the names of the fields of the first result line whose {@code custom_id} is not in the job, or that
     *        has
     *        none; null if there is no such line. The provider's files of such a batch are not deleted
     * @param handlerFailed number of lines set aside because a method with {@link OnBatchResult} failed;
     *        {@link BatchJob#redeliver()} hands them over again
     * @param firstErrors error codes of the first lines that failed, at most ten
     */
    public record Results(long ignored, String unattributed, long handlerFailed, List<String> firstErrors) {
    }

    /**
     * A batch of a chunk.
     *
     * @param chunk the number of the chunk, from 1
     * @param id the provider's id of the batch
     * @param status its status as last seen, in the provider's words; null if that is not known
     * @param lines number of lines that were sent in it
     */
    public record SentBatch(int chunk, String id, String status, long lines) {
    }

    /**
     * Who or what a job waits for.
     *
     * @param what who or what
     * @param chunks number of chunks that wait for it; 0 if the job does as a whole
     * @param since when the longest of these waits began; null if that is not known
     */
    public record Wait(WaitsFor what, int chunks, Instant since) {
    }

    /** Who or what a job or a chunk may wait for. */
    public enum WaitsFor {
        /** {@link BatchJob#resume()} or {@link BatchJobs#submit}: see {@link JobReport#reason()}. */
        PERSON,
        /** The source is not read to its end yet. */
        SOURCE,
        /** The lines that are tried first have no outcome yet. */
        CANARY,
        /** Batches that run may use what {@link JobSpec#maxTokens} or {@link JobSpec#maxCost} allow. */
        BUDGET,
        /** The account has no room for another batch, or the chunk is sent next. */
        ROOM,
        /** The batch runs at the provider. */
        BATCH,
        /** The batch has ended; its results are awaited and read. */
        RESULTS,
        /** Methods with {@link OnBatchResult} take the results. */
        HANDLER
    }

    /**
     * When the job began and ended.
     *
     * @param createdAt when the job was submitted
     * @param endedAt when the job ended; null before that
     */
    public record Times(Instant createdAt, Instant endedAt) {
    }

    /** Number of lines with this outcome. */
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How long the job took, or has taken until now. */
    public Duration duration(Instant now) {
        return Duration.between(times.createdAt(), times.endedAt() == null ? now : times.endedAt());
    }
}
