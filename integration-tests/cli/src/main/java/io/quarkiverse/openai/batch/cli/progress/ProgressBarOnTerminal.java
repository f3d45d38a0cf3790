package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.quarkiverse.openai.batch.job.JobProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in its place. */
final class ProgressBarOnTerminal implements Progress {

    private final TimeLeft timeLeft;
    private final ProgressBar bar;
    private volatile Optional<Duration> left = Optional.empty();

    ProgressBarOnTerminal(PrintStream out, long lines, InstantSource clock) {
        timeLeft = new TimeLeft(lines, clock);
        bar = new ProgressBarBuilder()
                .setTaskName("Lines")
                .setInitialMax(lines)
                .setUpdateIntervalMillis(200)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out, Terminal.width()))
                // its own counts what was done before too
                .setEtaFunction(state -> left)
                .build();
    }

    @Override
    public void show(JobProgress progress) {
        left = timeLeft.after(progress);
        bar.stepTo(ProgressText.done(progress));
        bar.setExtraMessage(" " + ProgressText.state(progress) + ", " + ProgressText.facts(progress)
                + ProgressText.failing(progress));
    }

    @Override
    public void close() {
        bar.close();
    }
}
