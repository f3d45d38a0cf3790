package io.quarkiverse.openai.batch.runtime.job.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

/**
 * A job as it is stored.
 *
 * @param name its name, unique in the store
 * @param terms its terms, as submitted
 * @param state its state
 * @param reason why it is paused or interrupted; null otherwise
 * @param createdAt when it was submitted
 * @param endedAt when it ended; null before
 * @param reading how far its source was read
 * @param control decisions about it since then
 * @param announced whether the application was notified of its end
 * @param version number of times the row was written
 */
public record JobRow(String name, JobTerms terms, JobState state, String reason, Instant createdAt, Instant endedAt,
        Reading reading, Control control, boolean announced, long version) {

    public JobRow {
        Stream.of(name, terms, state, createdAt, reading, control).forEach(Objects::requireNonNull);
    }

    /**
     * @param complete whether the source was read to its end
     * @param chunks how many chunks there are
     * @param replaced whether the chunks are of an earlier version and must be dropped
     * @param endpoint the endpoint of its lines; null before the first chunk
     * @param limits by which its lines are cut into chunks; null before it is read
     */
    public record Reading(boolean complete, int chunks, boolean replaced, String endpoint, LineLimits limits) {

        static final Reading NOTHING = new Reading(false, 0, false, null, null);

        /** With the chunks of earlier versions dropped. */
        public Reading begun() {
            return NOTHING;
        }
    }

    /** How a job is ended early. */
    public enum Stop {
        /** Nothing more is created; what runs is collected. */
        SEND_NOTHING,
        /** Nothing more is created, and what runs is cancelled. */
        CANCEL
    }

    /**
     * @param stop how it is stopped; null if it is not
     * @param stopReason why; null if it was asked for
     * @param stoppedAt when; null if it is not
     * @param question what it is paused for; null if there is nothing to decide
     * @param estimateAgreed whether it continues although its estimate is above its limits
     * @param canaryAgreed whether it continues although its canary failed
     * @param tokensBefore tokens that it used before its limits began to count
     * @param costBefore what it cost before; null if that is not known
     */
    public record Control(Stop stop, String stopReason, Instant stoppedAt, Question question, boolean estimateAgreed,
            boolean canaryAgreed,
            long tokensBefore, BigDecimal costBefore) {

        static final Control NONE = new Control(null, null, null, null, false, false, 0, BigDecimal.ZERO);

        Control stopped(Stop how, String why, Instant at) {
            return new Control(how, why, at, null, estimateAgreed, canaryAgreed, tokensBefore, costBefore);
        }

        Control asking(Question about) {
            return new Control(stop, stopReason, stoppedAt, about, estimateAgreed, canaryAgreed, tokensBefore, costBefore);
        }

        /** With a yes to its question. */
        Control answered() {
            return new Control(stop, stopReason, stoppedAt, null, estimateAgreed || question == Question.ESTIMATE,
                    canaryAgreed || question == Question.CANARY, tokensBefore, costBefore);
        }
    }

    /** A job that was just submitted. */
    public static JobRow submitted(String name, JobTerms terms, Instant at) {
        return new JobRow(name, terms, JobState.RUNNING, null, at, null, Reading.NOTHING, Control.NONE, false, 0);
    }

    /** The same job, submitted again with another source; nothing is left of what was done before. */
    public JobRow resubmitted(JobTerms newTerms) {
        return new JobRow(name, newTerms, JobState.RUNNING, null, createdAt, null,
                new Reading(false, reading.chunks, true, null, null),
                Control.NONE, false, version);
    }

    /** With further methods that take its results. */
    public JobRow withHandlers(Set<String> ids) {
        return new JobRow(name, terms.withHandlers(ids), state, reason, createdAt, endedAt, reading, control, announced,
                version);
    }

    /** A job that has ended, and sends lines again; its limits count from here. */
    public JobRow reopened(long tokens, BigDecimal cost) {
        return new JobRow(name, terms.withoutDeadline(), JobState.RUNNING, null, createdAt, null, reading,
                new Control(null, null, null, null, true, true, tokens, cost), false, version);
    }

    public JobRow in(JobState newState, String why) {
        return new JobRow(name, terms, newState, why, createdAt, endedAt, reading, control, announced, version);
    }

    /**
     * @param question what a person decides about by resuming it; null for nothing
     */
    public JobRow paused(String why, Question question) {
        return with(control.asking(question)).in(JobState.PAUSED, why);
    }

    /** Under way again after a pause; what it was paused for counts as fixed, or agreed to. */
    public JobRow resumed() {
        return with(control.answered()).in(isStopped() ? JobState.CANCELLING : JobState.RUNNING, null);
    }

    public JobRow endedAt(Instant at) {
        return new JobRow(name, terms, state, reason, createdAt, at, reading, control, announced, version);
    }

    public JobRow with(Reading newReading) {
        return new JobRow(name, terms, state, reason, createdAt, endedAt, newReading, control, announced, version);
    }

    /** With one more chunk. */
    public JobRow withChunk() {
        return with(new Reading(reading.complete, reading.chunks + 1, reading.replaced, reading.endpoint,
                reading.limits));
    }

    /** With the limits of its chunks, unless it has some already. */
    public JobRow withLimits(LineLimits limits) {
        return reading.limits != null ? this
                : with(new Reading(reading.complete, reading.chunks, reading.replaced, reading.endpoint, limits));
    }

    public JobRow withEndpoint(String endpoint) {
        return with(new Reading(reading.complete, reading.chunks, reading.replaced, endpoint, reading.limits));
    }

    /** Read to the end; if the source of an earlier version was, nothing is known of this one. */
    public JobRow withSpooled() {
        return reading.replaced ? this
                : with(new Reading(true, reading.chunks, reading.replaced, reading.endpoint, reading.limits));
    }

    private JobRow with(Control newControl) {
        return new JobRow(name, terms, state, reason, createdAt, endedAt, reading, newControl, announced, version);
    }

    /** Ending early; a job that is being cancelled stays so, also if it was paused meanwhile. */
    public JobRow stopped(Stop how, String why, Instant at) {
        if (control.stop == Stop.CANCEL) {
            return how == Stop.CANCEL ? in(JobState.CANCELLING, null) : this;
        }
        return with(control.stopped(how, why, at)).in(JobState.CANCELLING, null);
    }

    /** Whether a person has agreed to continue. */
    public boolean isAgreed(Question question) {
        return question == Question.ESTIMATE ? control.estimateAgreed : control.canaryAgreed;
    }

    public JobRow withAnnounced() {
        return new JobRow(name, terms, state, reason, createdAt, endedAt, reading, control, true, version);
    }

    public JobRow withVersion(long newVersion) {
        return new JobRow(name, terms, state, reason, createdAt, endedAt, reading, control, announced, newVersion);
    }

    public String client() {
        return terms.client();
    }

    public String account() {
        return terms.account();
    }

    /** The endpoint of its lines; null before the first chunk. */
    public String endpoint() {
        return reading.endpoint;
    }

    /** Whether the source was read to its end. */
    public boolean spooled() {
        return reading.complete;
    }

    /** The number of the last chunk. */
    public int chunks() {
        return reading.chunks;
    }

    /** Whether there may be something to do: it has not ended, and is not paused. */
    @JsonIgnore
    public boolean isUnderWay() {
        return state == JobState.RUNNING || state == JobState.CANCELLING || state == JobState.INTERRUPTED;
    }

    /** Whether it has ended, or waits for a person. */
    @JsonIgnore
    public boolean isAtRest() {
        return isAtRest(state);
    }

    public static boolean isAtRest(JobState state) {
        return state.isTerminal() || state == JobState.PAUSED || state == JobState.INTERRUPTED;
    }

    /** Whether nothing more is sent. */
    @JsonIgnore
    public boolean isStopped() {
        return control.stop != null;
    }

    /** Whether batches that run are cancelled. */
    @JsonIgnore
    public boolean isCancelled() {
        return control.stop == Stop.CANCEL;
    }
}
