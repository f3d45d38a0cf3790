package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.time.Duration;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;

/** A line at each change of state, and every few seconds. */
final class ProgressLines implements Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private final long lines;
    private JobState state;
    private long shownAt;

    ProgressLines(PrintStream out, long lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public void show(JobProgress progress) {
        long now = System.nanoTime();
        if (state == progress.state() && now - shownAt < INTERVAL.toNanos()) {
            return;
        }
        state = progress.state();
        shownAt = now;
        out.printf("%s: %d of %d lines done, %s under way%n", Progress.state(progress), Progress.done(progress), lines,
                Progress.batches(progress));
    }

    @Override
    public void close() {
        // every line is complete
    }
}
