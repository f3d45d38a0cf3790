package io.quarkiverse.openai.batch.job;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** A job that was submitted, in this process or in an earlier one. */
public interface BatchJob {

    String name();

    /** How the job stands now. */
    JobReport report();

    /**
     * Waits until the job has ended.
     *
     * @throws JobStoppedException if the job is paused or interrupted, and so does not go on by itself
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; the job goes on
     */
    JobReport await();

    /**
     * Waits until the job has ended, this long at most.
     *
     * @throws TimeoutException if it has not ended by then; it goes on
     * @throws JobStoppedException as {@link #await()}
     */
    JobReport await(Duration atMost) throws TimeoutException;

    /** The report once the job has ended; fails as {@link #await()}. Cancelling it does not cancel the job. */
    Uni<JobReport> completion();

    /** How the job goes, from now on until it ends or stops; slow subscribers miss steps in between. */
    Multi<JobProgress> progress();

    /** The results so far in the order in which they came in. The stream must be closed. */
    default Stream<BatchResult> results() {
        return results(ResultOrder.COMPLETION);
    }

    /**
     * The results, one a line of the source. The stream must be closed. It is read from disk or from the provider, in constant
     * memory.
     *
     * @throws IllegalStateException in input order, if the job has not ended
     * @throws ResultsExpiredException while it is read, if the provider has deleted a file
     */
    Stream<BatchResult> results(ResultOrder order);

    /**
     * Hands the lines that methods with {@link OnBatchResult} failed at to these again, in this thread.
     *
     * @return how often they failed again
     * @throws ResultsExpiredException if the provider has deleted a file
     */
    long redeliver();

    /** Goes on after a pause. */
    void resume();

    /**
     * Cancels the job: nothing more is sent, batches that run are cancelled at the provider, and what was answered is
     * collected.
     */
    void cancel();
}
