package io.quarkiverse.openai.batch.job;

/**
 * The jobs of a directory that this process has opened for itself, with {@code OpenAiBatch.openJobs(directory)}. Nothing is
 * sent before {@link #start()}, so a job can be paused, cancelled or resumed first.
 * <p>
 * Methods with {@link OnBatchResult} and {@link BatchSource} and observers of events belong to the injected {@link BatchJobs},
 * not to these jobs.
 */
public interface DirectoryJobs extends BatchJobs, AutoCloseable {

    /**
     * Runs the jobs that have not ended, until they are closed.
     *
     * @throws IllegalStateException if they were started already
     */
    void start();

    /**
     * Stops the jobs and releases the directory. Batches continue at the provider, and jobs continue when the directory is
     * opened and started again. Calls to the provider that are under way are waited for, at most ten seconds. Those who wait
     * for a job get a {@link java.util.concurrent.CancellationException}.
     */
    @Override
    void close();
}
