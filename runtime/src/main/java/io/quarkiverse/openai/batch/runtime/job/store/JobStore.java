package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;

/**
 * Stores jobs and chunks. Rows are versioned: only a caller that read the latest version can write a row, so that a process
 * that was paused cannot undo what its successor did. A row that is equal to the stored one is not written, and keeps its
 * version.
 *
 * <p>
 * Each write fails with an {@link EpochEndedException} once the store was closed or its lock was lost.
 */
public interface JobStore extends AutoCloseable {

    /** A job with a row that cannot be read is paused, for that reason, and fails to be written. */
    Optional<JobRow> job(String name);

    /** All jobs, the oldest first. Those that have ended are read from what is stored. */
    List<JobRow> jobs();

    /** The jobs that have not ended, or ended less than an hour ago; the oldest first. */
    List<JobRow> recent();

    /** The jobs that have not ended, or whose end the application was not notified of; the oldest first. */
    List<JobRow> unended();

    /** Has another listener told of what is written, after those before. */
    void onChange(RowListener listener);

    /**
     * @throws StaleRowException if there is a job of that name
     */
    JobRow insert(JobRow job);

    /**
     * @return the stored row, with a new version if it was written
     * @throws StaleRowException if the row was written since it was read, or is gone
     */
    JobRow update(JobRow job);

    /**
     * Changes a job; a concurrent change is not lost.
     *
     * @throws StaleRowException if there is no such job
     */
    default JobRow change(String job, UnaryOperator<JobRow> change) {
        while (true) {
            JobRow row = job(job).orElseThrow(() -> new StaleRowException("job " + job));
            try {
                return update(change.apply(row));
            } catch (StaleRowException changedMeanwhile) {
                // again, from the row as it is now
            }
        }
    }

    /** Whether another process, of a later version, has to run a job, since a row of it cannot be read here. */
    default boolean isOfLaterVersion(String job) {
        return false;
    }

    Optional<ChunkRow> chunk(String job, int number);

    /** In the order of their numbers. */
    List<ChunkRow> chunks(String job);

    /** The chunks of a job that are in these states. */
    List<ChunkRow> chunks(String job, Set<ChunkState> states);

    /** The chunks that hold lines of another one, in the order of their numbers. */
    List<ChunkRow> childrenOf(ChunkRow parent);

    /** The chunks in these states, of jobs of a client that are under way. */
    List<ChunkRow> ofClient(String client, Set<ChunkState> states);

    /** The chunks in these states, of all jobs of an account but those that ended more than an hour ago. */
    List<ChunkRow> ofAccount(String account, Set<ChunkState> states);

    /**
     * Stores a new chunk and counts it in the row of its job; both or neither.
     *
     * @param chunk of which the number is 0, for the next one, or the next one
     * @return the stored row
     * @throws StaleRowException if another number is the next one, or the job is gone
     */
    default ChunkRow insert(ChunkRow chunk) {
        return insert(chunk, row -> row);
    }

    /**
     * As {@link #insert(ChunkRow)}, with another change of the row of the job.
     */
    ChunkRow insert(ChunkRow chunk, UnaryOperator<JobRow> change);

    /**
     * @return the stored row, with a new version if it was written
     * @throws StaleRowException if the row was written since it was read, or is gone
     */
    ChunkRow update(ChunkRow chunk);

    /**
     * Changes a chunk; a concurrent change is not lost.
     *
     * @throws StaleRowException if there is no such chunk
     */
    default ChunkRow change(String job, int number, UnaryOperator<ChunkRow> change) {
        while (true) {
            ChunkRow row = chunk(job, number).orElseThrow(() -> new StaleRowException("chunk " + number + " of job " + job));
            try {
                return update(change.apply(row));
            } catch (StaleRowException changedMeanwhile) {
                // again, from the row as it is now
            }
        }
    }

    /**
     * Merges what an effect has brought. A fact is neither fenced nor lost: whatever was written since the effect was decided
     * stays.
     *
     * @param decided the row with the intent of the effect
     * @param fact makes the row with the fact, if it has no later intent
     * @param late makes the row with the fact, if it has
     * @throws StaleRowException if there is no such chunk any more
     */
    default ChunkRow learn(ChunkRow decided, UnaryOperator<ChunkRow> fact, UnaryOperator<ChunkRow> late) {
        int intent = decided.remote().intent().number();
        return change(decided.job(), decided.number(),
                row -> (row.remote().intent().number() <= intent ? fact : late).apply(row));
    }

    /** What was learned of an account; nothing if there is no row. */
    AccountRow account(String name);

    /** Changes what was learned of an account; a concurrent change is not lost. */
    AccountRow changeAccount(String name, UnaryOperator<AccountRow> change);

    /** What the looks at the batches of a client have found out; nothing if there is no row. */
    LookRow look(String client);

    /** Changes what the looks have found out; a concurrent change is not lost. */
    LookRow changeLook(String client, UnaryOperator<LookRow> change);

    /** This process can read the source of a job. */
    default void offerSource(String job) {
    }

    /** This process can read the source of a job no more. */
    default void withdrawSource(String job) {
    }

    /** Whether another process that lives can read the source of a job. */
    default boolean isSourceElsewhere(String job) {
        return false;
    }

    /** Has a listener told of the jobs of which another process has changed a row. */
    default void onChangeElsewhere(Consumer<String> listener) {
    }

    /** Whether code of the application can share a transaction with a change of a chunk. */
    default boolean isTransactional() {
        return false;
    }

    /** Code of the application. */
    interface Code {

        void run() throws Exception;
    }

    /**
     * Runs code of the application and changes a chunk in one transaction: both, or neither.
     *
     * @throws UncommittedException if the chunk cannot be changed, so that the code has no effect
     */
    default void change(String job, int number, Code code, UnaryOperator<ChunkRow> change) throws Exception {
        throw new IllegalStateException("The rows are in no database of the application, and in none of its transactions");
    }

    /** Code of the application has no effect, since the engine could not store what it had to with it. */
    final class UncommittedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UncommittedException(RuntimeException why) {
            super(why.getMessage(), why);
        }

        /** Why. */
        public RuntimeException why() {
            return (RuntimeException) getCause();
        }
    }

    /**
     * @throws IllegalStateException if the caller is in a transaction that has submitted a job, for which nobody can wait
     *         before its end
     */
    default void requireCommitted() {
    }

    /** Reads what other processes have written. */
    default void refresh() {
    }

    /** Deletes the chunks of a job, and their files; nothing of its source was read then. */
    JobRow dropChunks(String job);

    /**
     * Deletes a job and its chunks.
     *
     * @throws StaleRowException if the row was written since it was read, or is gone
     */
    void delete(JobRow job);

    /** The requests that were added one by one, until they are in jobs. Those of a job are deleted with it. */
    CollectedRequests collected();

    /** Whether rows were opened to read them, so that each write fails. */
    boolean isReadOnly();

    /**
     * @throws EpochEndedException if a write would fail with it
     */
    void requireOpen();

    /** Waits for writes under way, and lets no others begin. */
    @Override
    void close();
}
