package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;

/** A line at each change of state, and every few seconds. */
final class ProgressLines implements Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private final InstantSource clock;
    private final long lines;
    private final TimeLeft timeLeft;
    private JobState state;
    private Instant nextAt;

    ProgressLines(PrintStream out, long lines, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.lines = lines;
        this.timeLeft = new TimeLeft(lines, clock);
    }

    @Override
    public void show(JobProgress progress) {
        Optional<Duration> left = timeLeft.after(progress);
        Instant now = clock.instant();
        if (state == progress.state() && now.isBefore(nextAt)) {
            return;
        }
        state = progress.state();
        nextAt = now.plus(INTERVAL);
        out.println(ProgressText.state(progress) + ": " + ProgressText.lines(progress, lines) + ", "
                + ProgressText.facts(progress) + left.map(time -> ", " + ProgressText.timeLeft(time)).orElse("")
                + ProgressText.failing(progress));
    }

    @Override
    public void close() {
        // every line is complete
    }
}
