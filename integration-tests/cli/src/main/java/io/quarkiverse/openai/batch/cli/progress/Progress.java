package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.util.Locale;

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
        return Terminal.isThere() ? new ProgressBarOnTerminal(out, lines) : new ProgressLines(out, lines);
    }

    static long done(JobProgress progress) {
        return progress.settled() + progress.running();
    }

    static String state(JobProgress progress) {
        return progress.state().name().toLowerCase(Locale.ROOT);
    }

    static String batches(JobProgress progress) {
        return progress.batches() == 1 ? "1 batch" : progress.batches() + " batches";
    }
}
