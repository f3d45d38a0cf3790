package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;

/**
 * A chunk as it is stored.
 *
 * @param job the name of its job
 * @param number its number in the job, counted from 1
 * @param state its state
 * @param input its request lines
 * @param files its files, by kind
 * @param remote its file and batch at the provider
 * @param waiting what it waits for
 * @param tally the outcomes of its lines, once collected
 * @param handed how far handlers are
 * @param version number of times the row was written
 */
public record ChunkRow(String job, int number, ChunkState state, Input input, Map<ChunkFile, StoredFile> files, Remote remote,
        Waiting waiting, Tally tally, Handed handed, long version) {

    public ChunkRow {
        Stream.of(job, state, input, files, remote, waiting, tally, handed).forEach(Objects::requireNonNull);
        files = Map.copyOf(files);
    }

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
     * @param schemas whether a line has a schema for its answer
     */
    public record Input(String file, long lines, long bytes, long tokens, long answerTokens, String sha256, String model,
            int attempt, int parent, boolean schemas) {
    }

    /**
     * The results of a chunk.
     *
     * @param files output and error files, of the batch and its twins
     * @param unattributed the names of the fields of their first line that belongs to no request of the chunk; null if each
     *        line belongs to one
     */
    public record Answers(List<String> files, String unattributed) {
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
     * Answers of 404 in a row.
     *
     * @param what the batch, or its result files
     * @param times how many there were
     * @param since time of the first of them
     */
    public record NotFound(What what, int times, Instant since) {

        /** What was not found. */
        public enum What {
            BATCH,
            RESULTS
        }
    }

    /**
     * @param until earliest time of the next step; null for now
     * @param byItself whether no other batch of the model was active when its own was last created
     * @param refusals number of refusals for the token limit
     * @param alone number of these while no other batch was active
     * @param absence since when its batch is not found; null before that
     * @param endedAt when its batch was first seen ended, by our clock
     * @param notFound what the provider answers with 404, in a row; null if nothing
     * @param trouble the failures of its steps in a row; null if its last step did not fail
     */
    public record Waiting(Instant until, boolean byItself, int refusals, int alone, Absence absence, Instant endedAt,
            NotFound notFound, Trouble trouble) {

        private static final int REFUSALS = 3;

        static final Waiting NONE = new Waiting(null, false, 0, 0, null, null, null, null);

        /** Before a create. */
        public Waiting creating(boolean alone) {
            return new Waiting(null, alone, refusals, this.alone, null, endedAt, notFound, trouble);
        }

        /** After a create. */
        public Waiting created() {
            return new Waiting(null, byItself, refusals, alone, null, null, null, trouble);
        }

        public Waiting withRefusal(Instant at, boolean tooLarge) {
            return new Waiting(at, false, refusals + 1, tooLarge ? alone + 1 : alone, null, null, null, trouble);
        }

        /** With refusals forgotten. */
        public Waiting withoutRefusals() {
            return new Waiting(null, false, 0, 0, absence, endedAt, notFound, trouble);
        }

        public Waiting withAbsence(Absence looked) {
            return new Waiting(until, byItself, refusals, alone, looked, endedAt, notFound, trouble);
        }

        public Waiting withEndedAt(Instant at) {
            return new Waiting(until, byItself, refusals, alone, absence, at, notFound, trouble);
        }

        /**
         * @param answers null for nothing
         */
        public Waiting with(NotFound answers) {
            return new Waiting(until, byItself, refusals, alone, absence, endedAt, answers, trouble);
        }

        public Waiting withTrouble(Trouble failures) {
            return new Waiting(until, byItself, refusals, alone, absence, endedAt, notFound, failures);
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

    /** Its number may be 0: it gets one when it is stored. */
    public static ChunkRow spooled(String job, int number, Input input) {
        return new ChunkRow(job, number, ChunkState.SPOOLED, input, Map.of(), Remote.NOTHING, Waiting.NONE, Tally.NONE,
                Handed.NOTHING,
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

    /** Fails if it has no such file. */
    public StoredFile file(ChunkFile kind) throws DamagedFileException {
        StoredFile file = files.get(kind);
        if (file == null) {
            throw new DamagedFileException("the %s of chunk %s".formatted(kind.name().toLowerCase(Locale.ROOT), id()));
        }
        return file;
    }

    public boolean has(ChunkFile kind) {
        return files.containsKey(kind);
    }

    public ChunkRow with(ChunkFile kind, StoredFile file) {
        Map<ChunkFile, StoredFile> changed = new HashMap<>(files);
        changed.put(kind, file);
        changed.values().removeIf(Objects::isNull);
        return new ChunkRow(job, number, state, input, changed, remote, waiting, tally, handed, version);
    }

    /** The file is deleted when the row is stored. */
    public ChunkRow without(ChunkFile kind) {
        return with(kind, null);
    }

    /** With its number in its job. */
    public ChunkRow as(int newNumber) {
        return new ChunkRow(job, newNumber, state, input, files, remote, waiting, tally, handed, version);
    }

    /**
     * @throws IllegalStateException if that state does not come next
     */
    public ChunkRow in(ChunkState newState) {
        if (newState != state && !state.next().contains(newState)) {
            throw new IllegalStateException("Chunk %s cannot go from %s to %s".formatted(id(), state, newState));
        }
        return new ChunkRow(job, number, newState, input, files, remote, waiting, tally, handed, version);
    }

    public ChunkRow with(Remote newRemote) {
        return new ChunkRow(job, number, state, input, files, newRemote, waiting, tally, handed, version);
    }

    public ChunkRow with(Waiting newWaiting) {
        return new ChunkRow(job, number, state, input, files, remote, newWaiting, tally, handed, version);
    }

    public ChunkRow with(Tally newTally) {
        return new ChunkRow(job, number, state, input, files, remote, waiting, newTally, handed, version);
    }

    public ChunkRow with(Handed newHanded) {
        return new ChunkRow(job, number, state, input, files, remote, waiting, tally, newHanded, version);
    }

    public ChunkRow withVersion(long newVersion) {
        return new ChunkRow(job, number, state, input, files, remote, waiting, tally, handed, newVersion);
    }
}
