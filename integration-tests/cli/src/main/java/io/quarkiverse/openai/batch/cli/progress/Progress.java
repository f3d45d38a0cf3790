package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.time.InstantSource;

import io.quarkiverse.openai.batch.job.JobProgress;

/** Shows how far a job is. */
public interface Progress extends AutoCloseable {

    void show(JobProgress progress);

    @Override
    void close();

    /**
     * A bar where there is a terminal, else a line every few seconds.
     *
     * @param lines how many lines the job has
     */
    static Progress on(PrintStream out, long lines) {
        InstantSource clock = InstantSource.system();
        return Terminal.isThere() ? new ProgressBarOnTerminal(out, lines, clock) : new ProgressLines(out, lines, clock);
    }
}
