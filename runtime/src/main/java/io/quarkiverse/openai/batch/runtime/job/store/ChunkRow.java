package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;

/**
 * A chunk as it is stored.
 *
 * @param job the name of its job
 * @param number its number in the job, counted from 1
 * @param state its state
 * @param input its request lines
 * @param remote its file and batch at the provider
 * @param waiting what it waits for
 * @param tally the outcomes of its lines, once collected
 * @param handed how far handlers are
 * @param version number of times the row was written
 */
public record ChunkRow(String job, int number, ChunkState state, Input input, Remote remote, Waiting waiting, Tally tally,
        Handed handed, long version) {

    /**
     * @param file the name of the spooled file, and of the uploaded one
     * @param lines number of lines
     * @param bytes size in bytes
     * @param tokens estimated tokens of its prompts
     * @param answerTokens estimated tokens of its answers
     * @param sha256 of the file, in hexadecimal
     * @param model of its lines; null if they name none
     * @param attempt how many times its lines were sent, with this one; from 1
     * @param parent the chunk that its lines were moved from; 0 for lines of the source
     */
    public record Input(String file, long lines, long bytes, long tokens, long answerTokens, String sha256, String model,
            int attempt,
            int parent) {
    }

    /**
     * The results of a chunk.
     *
     * @param files output and error files, of the batch and its twins
     * @param unattributed the names of the fields of their first line that belongs to no request of the chunk; null if each
     *        line belongs to one
     * @param bytes the size of the file of results that is stored here
     * @param sha256 of the index of that file, in hexadecimal
     * @param deleted whether the results stored here were deleted after they were handed over
     */
    public record Answers(List<String> files, String unattributed, long bytes, String sha256, boolean deleted) {

        public Answers asDeleted() {
            return new Answers(files, unattributed, bytes, sha256, true);
        }
    }

    /**
     * The first reading of the listing that did not find a batch.
     *
     * @param since when it began, by our clock
     * @param date when it began, by the server's clock; null if the server did not tell
     */
    public record Absence(Instant since, Instant date) {
    }

    /**
     * @param until earliest time of the next step; null for now
     * @param byItself whether no other batch of the model was active when its own was last created
     * @param refusals number of refusals for the token limit
     * @param alone number of these while no other batch was active
     * @param absence since when its batch is not found; null before that
     * @param endedAt when its batch was first seen ended, by our clock
     * @param notFound number of 404 answers in a row for its batch
     * @param notFoundSince time of the first of them; null if none
     * @param trouble the failures of its steps in a row; null if its last step did not fail
     */
    public record Waiting(Instant until, boolean byItself, int refusals, int alone, Absence absence, Instant endedAt,
            int notFound, Instant notFoundSince, Trouble trouble) {

        private static final int REFUSALS = 3;

        static final Waiting NONE = new Waiting(null, false, 0, 0, null, null, 0, null, null);

        /** Before a create. */
        public Waiting creating(boolean alone) {
            return new Waiting(null, alone, refusals, this.alone, null, endedAt, notFound, notFoundSince, trouble);
        }

        /** After a create. */
        public Waiting created() {
            return new Waiting(null, byItself, refusals, alone, null, null, 0, null, trouble);
        }

        public Waiting withRefusal(Instant at, boolean tooLarge) {
            return new Waiting(at, false, refusals + 1, tooLarge ? alone + 1 : alone, null, null, 0, null, trouble);
        }

        /** With refusals forgotten. */
        public Waiting withoutRefusals() {
            return new Waiting(null, false, 0, 0, absence, endedAt, notFound, notFoundSince, trouble);
        }

        public Waiting withAbsence(Absence looked) {
            return new Waiting(until, byItself, refusals, alone, looked, endedAt, notFound, notFoundSince, trouble);
        }

        public Waiting withEndedAt(Instant at) {
            return new Waiting(until, byItself, refusals, alone, absence, at, notFound, notFoundSince, trouble);
        }

        public Waiting withNotFound(int times, Instant since) {
            return new Waiting(until, byItself, refusals, alone, absence, endedAt, times, since, trouble);
        }

        public Waiting withTrouble(Trouble failures) {
            return new Waiting(until, byItself, refusals, alone, absence, endedAt, notFound, notFoundSince, failures);
        }

        /** Whether it was refused so often while it had all the room that there is that it must be halved. */
        @JsonIgnore
        public boolean isTooLarge() {
            return alone >= REFUSALS;
        }

        /** Whether its last step failed. */
        public boolean inTrouble() {
            return trouble != null;
        }
    }

    /**
     * @param past the number of the line at which each handler continues
     * @param failed the numbers of the lines that were set aside, since the handler failed at them
     * @param claim number of the call that hands it over; what earlier ones do counts no more
     */
    public record Handed(Map<String, Long> past, Map<String, Set<Integer>> failed, int claim) {

        public static final Handed NOTHING = new Handed(Map.of(), Map.of(), 0);

        public Handed claimed() {
            return new Handed(past, failed, claim + 1);
        }

        public long past(String handler) {
            return past.getOrDefault(handler, 0L);
        }

        /** How often a handler failed at a line for good. */
        public long failures() {
            return failed.values().stream().mapToLong(Set::size).sum();
        }

        /** With a handler past further lines, at some of which it failed. */
        public Handed withPast(String handler, long line, Set<Integer> failedLines) {
            Map<String, Long> changed = new TreeMap<>(past);
            changed.put(handler, line);
            Set<Integer> all = new TreeSet<>(failed.getOrDefault(handler, Set.of()));
            all.addAll(failedLines);
            return new Handed(changed, failed, claim).withFailed(handler, all);
        }

        public Handed withFailed(String handler, Set<Integer> lines) {
            Map<String, Set<Integer>> changed = new TreeMap<>(failed);
            changed.put(handler, lines);
            return new Handed(past, changed, claim);
        }

        /** Without the failures at lines that are run again. */
        public Handed withoutFailures(BitSet lines) {
            Map<String, Set<Integer>> left = new TreeMap<>();
            failed.forEach((handler, all) -> left.put(handler,
                    all.stream().filter(line -> !lines.get(line)).collect(Collectors.toCollection(TreeSet::new))));
            return new Handed(past, left, claim);
        }
    }

    public static ChunkRow spooled(String job, int number, Input input) {
        return new ChunkRow(job, number, ChunkState.SPOOLED, input, Remote.NOTHING, Waiting.NONE, Tally.NONE, Handed.NOTHING,
                0);
    }

    @JsonIgnore
    public String id() {
        return job + "/" + number;
    }

    /** Whether its lines were read from the source of the job, and not moved from another chunk. */
    @JsonIgnore
    public boolean isOfSource() {
        return input.parent() == 0;
    }

    /** Whether its batch is known and was seen to have ended. */
    public boolean hasEnded() {
        return remote.batchId() != null && state != ChunkState.WATCHED;
    }

    /** Whether its file is at the provider, and it needs no batch of it any more. */
    @JsonIgnore
    public boolean isPastBatch() {
        return remote.fileId() != null && state.compareTo(ChunkState.ENDED) >= 0;
    }

    /** Whether its batch was last seen in a state. */
    public boolean batchIs(State one) {
        return remote.batch() != null && remote.batch().state() == one;
    }

    /** Whether the provider refused its batch as a whole, and ran nothing of it. */
    @JsonIgnore
    public boolean isRefused() {
        return batchIs(State.FAILED) && !remote.batch().ran();
    }

    public ChunkRow in(ChunkState newState) {
        return new ChunkRow(job, number, newState, input, remote, waiting, tally, handed, version);
    }

    public ChunkRow with(Remote newRemote) {
        return new ChunkRow(job, number, state, input, newRemote, waiting, tally, handed, version);
    }

    public ChunkRow with(Waiting newWaiting) {
        return new ChunkRow(job, number, state, input, remote, newWaiting, tally, handed, version);
    }

    public ChunkRow with(Tally newTally) {
        return new ChunkRow(job, number, state, input, remote, waiting, newTally, handed, version);
    }

    public ChunkRow with(Handed newHanded) {
        return new ChunkRow(job, number, state, input, remote, waiting, tally, newHanded, version);
    }

    ChunkRow withVersion(long newVersion) {
        return new ChunkRow(job, number, state, input, remote, waiting, tally, handed, newVersion);
    }
}
