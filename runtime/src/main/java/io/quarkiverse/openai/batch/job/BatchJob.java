package io.quarkiverse.openai.batch.job;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
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

    /**
     * Sends lines of these outcomes again, of a job that has ended. This is paid for anew: of lines that were answered it is
     * paid a second time. The new outcomes take the place of the old, {@link OnBatchResult} methods are given them, and
     * {@link JobFinished} is fired again. The job's {@link JobSpec#maxTokens} and {@link JobSpec#maxCost} count from here; its
     * deadline does not count any more. Lines that are not sent before the job is cancelled keep their outcomes or are
     * cancelled.
     *
     * @return how many lines are sent again; if none, the job stays as it is
     * @throws IllegalStateException if the job has not ended
     * @throws ResultsExpiredException if results must be read for that, and are gone
     */
    long rerun(Set<Outcome> outcomes);

    /**
     * Sends lines again whose results are as told, of a job that has ended; otherwise as {@link #rerun}.
     *
     * @param which is asked once for each line
     */
    long resubmitIf(Predicate<BatchResult> which);

    /**
     * Does nothing more for the job, until it is resumed. Batches that run at the provider go on there, and are collected
     * then. Its deadline counts again once it is resumed.
     */
    void pause();

    /**
     * Goes on after a pause. What it was paused for is taken as mended, or agreed to: that its canary failed, or that it is
     * expected to spend more than it may.
     */
    void resume();

    /**
     * Cancels the job: nothing more is sent, batches that run are cancelled at the provider, and what was answered is
     * collected. The lines of a batch that the provider does not know any more are missing.
     */
    void cancel();
}
