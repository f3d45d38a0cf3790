package io.quarkiverse.openai.batch.runtime.job.provider;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A batch as its provider shows it.
 *
 * @param id never null
 * @param state its state
 * @param status its state in the provider's own words; may be null
 * @param inputFile the id of its requests; null if the provider does not tell it
 * @param createdAt by the server's clock; null if the provider does not tell it
 * @param expiresAt by the server's clock; null if the provider does not tell it
 * @param counts how many lines were run; null if the provider does not tell it
 * @param outputFile the id of the file with answers; null if there is none (yet)
 * @param errorFile the id of the file with errors; null if there is none (yet)
 * @param reasons what was wrong with it; empty for nothing
 */
public record RemoteBatch(String id, State state, String status, String inputFile, Instant createdAt, Instant expiresAt,
        Counts counts, String outputFile, String errorFile, List<Reason> reasons) {

    /** The state of a batch. */
    public enum State {
        /** Its lines are being checked. */
        VALIDATING,
        /** Its lines are being run, or their results written. */
        RUNNING,
        /** It is being cancelled. */
        CANCELLING,
        /** The status is not known, and everything else says that it has ended. */
        SEEMS_ENDED,
        /** The status is not known. */
        UNKNOWN,
        /** All its lines were run. */
        COMPLETED,
        /** Not all its lines were run in time. */
        EXPIRED,
        /** It was cancelled. */
        CANCELLED,
        /** It was refused, or failed on the way; lines may have been run. */
        FAILED;

        /** Whether nothing can happen to the batch any more. */
        public boolean isTerminal() {
            return compareTo(COMPLETED) >= 0;
        }
    }

    /**
     * How many lines were run: never a proof, always a veto.
     *
     * @param total 0 if the provider does not tell it
     */
    public record Counts(long total, long completed, long failed) {
    }

    /**
     * What is wrong with a batch or a line of it.
     *
     * @param code may be null
     * @param message may be null
     * @param line counted from 1; 0 if it is about no single line
     */
    public record Reason(String code, String message, int line) {

        /** The code for a batch that has more tokens than the account has room for. */
        public static final String TOKEN_LIMIT = "token_limit_exceeded";

        public boolean isTokenLimit() {
            return TOKEN_LIMIT.equals(code);
        }
    }

    /** Whether nothing can happen to it any more, as far as can be seen. */
    public boolean hasEnded() {
        return state.isTerminal() || state == State.SEEMS_ENDED;
    }

    public boolean is(State one) {
        return state == one;
    }

    /** Lines that the provider counts as completed; 0 if it does not tell. */
    public long completed() {
        return counts == null ? 0 : counts.completed();
    }

    /** Lines that the provider counts as failed; 0 if it does not tell. */
    public long failed() {
        return counts == null ? 0 : counts.failed();
    }

    /** Its files with results. */
    public Stream<String> resultFiles() {
        return Stream.of(outputFile, errorFile).filter(Objects::nonNull);
    }

    /** Whether something of it was run, as far as its files and counts tell. */
    public boolean hasRun() {
        return outputFile != null || errorFile != null || completed() > 0 || failed() > 0;
    }
}
