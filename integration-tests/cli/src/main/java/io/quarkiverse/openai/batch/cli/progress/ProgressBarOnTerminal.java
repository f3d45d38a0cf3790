package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;

import io.quarkiverse.openai.batch.job.JobProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in its place. */
final class ProgressBarOnTerminal implements Progress {

    private final ProgressBar bar;

    ProgressBarOnTerminal(PrintStream out, long lines) {
        bar = new ProgressBarBuilder()
                .setTaskName("Lines")
                .setInitialMax(lines)
                .setUpdateIntervalMillis(200)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void show(JobProgress progress) {
        bar.stepTo(Progress.done(progress));
        bar.setExtraMessage(" " + Progress.state(progress) + ", " + Progress.batches(progress));
    }

    @Override
    public void close() {
        bar.close();
    }
}
