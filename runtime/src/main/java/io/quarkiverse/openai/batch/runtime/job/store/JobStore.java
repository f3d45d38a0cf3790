package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Stores jobs and chunks. Rows are versioned: only a caller that read the latest version can write a row, so that a process
 * that was paused cannot undo what its successor did.
 */
public interface JobStore {

    Optional<JobRow> job(String name);

    List<JobRow> jobs();

    /**
     * @param listener takes the name of each job of which a row was written or deleted. It must be quick, and must not wait for
     *        anything
     */
    void onChange(Consumer<String> listener);

    /**
     * @throws StaleRowException if there is a job of that name
     */
    JobRow insert(JobRow job);

    /**
     * @return the row with its new version
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

    Optional<ChunkRow> chunk(String job, int number);

    /** In the order of their numbers. */
    List<ChunkRow> chunks(String job);

    /**
     * @throws StaleRowException if there is a chunk of that number
     */
    ChunkRow insert(ChunkRow chunk);

    /**
     * @return the row with its new version
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
                row -> (row.remote().intent().number() == intent ? fact : late).apply(row));
    }

    /** What was learned of an account; nothing if there is no row. */
    AccountRow account(String name);

    /** Changes what was learned of an account; a concurrent change is not lost. */
    AccountRow changeAccount(String name, UnaryOperator<AccountRow> change);

    /** Deletes the chunks of a job, and their files. */
    void dropChunks(String job);

    /**
     * Deletes a job and its chunks.
     *
     * @throws StaleRowException if the row was written since it was read, or is gone
     */
    void delete(JobRow job);
}
