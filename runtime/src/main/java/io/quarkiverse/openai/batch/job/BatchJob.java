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

/**
 * A job that was submitted, in this process or in an earlier one. It is known by its name: once it is {@linkplain #delete()
 * deleted}, all methods except {@link #name()} throw an {@link IllegalStateException}, until the name is submitted again.
 */
public interface BatchJob {

    String name();

    /** The report of the job now. */
    JobReport report();

    /**
     * Waits until the job has ended.
     *
     * @throws JobStoppedException if the job is paused or interrupted, so that it does not continue by itself
     * @throws java.util.concurrent.CancellationException if the thread is interrupted or the jobs are closed; the job continues
     */
    JobReport await();

    /**
     * Waits until the job has ended, at most for this time.
     *
     * @throws TimeoutException if the job has not ended by then; it continues
     * @throws JobStoppedException as {@link #await()}
     */
    JobReport await(Duration atMost) throws TimeoutException;

    /** The report once the job has ended; fails as {@link #await()}. Cancelling the {@code Uni} does not cancel the job. */
    Uni<JobReport> completion();

    /**
     * The progress of the job from now on, until it ends, is paused or is interrupted. A slow subscriber misses steps in
     * between.
     */
    Multi<JobProgress> progress();

    /** The progress of the job now. */
    JobProgress progressNow();

    /** The results so far, in the order in which they arrived. The stream must be closed. */
    default Stream<BatchResult> results() {
        return results(ResultOrder.COMPLETION);
    }

    /**
     * The results, one a line of the source. They are read from disk in constant memory; neither a key nor the network is
     * needed. The stream must be closed.
     *
     * @throws IllegalStateException in input order, if the job has not ended
     * @throws ResultsExpiredException while it is read, if results were deleted after they were handed over
     * @throws java.io.UncheckedIOException while it is read, if the stored results are damaged or gone
     */
    Stream<BatchResult> results(ResultOrder order);

    /**
     * Hands the lines at which methods with {@link OnBatchResult} failed to these methods again, in this thread.
     *
     * @return how many times a method failed again
     * @throws java.io.UncheckedIOException if the stored results are damaged or gone
     */
    long redeliver();

    /**
     * Sends the lines with these outcomes again; the job must have ended. Every line sent again is billed again, including
     * lines that already succeeded. A line has its earlier outcome until the new one is known; then the latest answer with 2xx
     * counts, else the outcome of the latest attempt that was run. {@link OnBatchResult} methods get what is new, and
     * {@link io.quarkiverse.openai.batch.job.event.JobFinished} is fired again. {@link JobSpec#maxTokens} and
     * {@link JobSpec#maxCost} count from here;
     * {@link JobSpec#deadline} no longer counts. If the job is cancelled first, lines that were not sent keep their outcomes.
     *
     * @return how many lines are sent again; if none, the job stays as it is
     * @throws IllegalStateException if the job has not ended
     */
    long rerun(Set<Outcome> outcomes);

    /**
     * Sends the lines again whose results a predicate selects; otherwise as {@link #rerun}.
     *
     * @param which is called once for each line
     * @throws ResultsExpiredException if results were deleted after they were handed over
     */
    long rerunIf(Predicate<BatchResult> which);

    /**
     * Pauses the job. Batches that run continue at the provider and are collected after {@link #resume()}. The deadline counts
     * again once the job is resumed. A job that has ended stays as it is.
     */
    void pause();

    /**
     * Continues a paused job. It agrees to what the job asked ({@link JobReport#question()}), and takes what the job was paused
     * for as fixed. Chunks of which it is not known whether they have a batch get one, and their lines may be paid twice; see
     * {@link #adopt}. A job that is not paused stays as it is.
     */
    void resume();

    /**
     * Names the batch of a chunk, where it is not known whether the provider created one and the provider does not list
     * batches. The job continues once no such chunk is left.
     *
     * @param chunk the number of the chunk, as the job's reason tells
     * @param batchId the id of its batch
     * @throws IllegalStateException if the chunk does not wait for that
     * @throws IllegalArgumentException if the batch has another input file, or the provider does not know it
     */
    void adopt(int chunk, String batchId);

    /**
     * Cancels the job: nothing more is sent, batches that run are cancelled at the provider, and their answers are collected.
     * Lines of a batch that the provider no longer knows are missing. The job ends after {@code jobs.cancel-timeout} at the
     * latest, and at once if its client is for another account; {@link JobReport.Sending#mayRun} then has the batches that may
     * still run.
     */
    void cancel();

    /**
     * Waits again for the batches that a cancelled job gave up waiting for, and collects what they answered, as
     * {@link #cancel()} does. A batch whose create had no answer is looked for first. The job must have ended.
     *
     * @return how many batches; if none, the job stays as it is
     * @throws IllegalStateException if the job has not ended
     */
    int recollect();

    /**
     * Deletes the job: its state, its requests and its copies of the answers. Nothing is deleted at the provider. The name can
     * be submitted again.
     *
     * @throws IllegalStateException if the job has not ended; {@link #cancel()} it and wait for its end first
     */
    void delete();

    /**
     * Deletes the job as {@link #delete()} does, and before that all its files at the provider: inputs, answers and errors,
     * also those that {@code jobs.provider-files} keeps and those with lines that belong to no request. Its batches stay in the
     * provider's listing, without their files.
     *
     * @throws IllegalStateException if the job has not ended, a batch of it still runs or cannot be retrieved, or may have been
     *         created ({@link #recollect()} looks for it), its client is for another account, or a file cannot be deleted; then
     *         the job stays, and another call continues
     */
    void deleteEverywhere();
}
