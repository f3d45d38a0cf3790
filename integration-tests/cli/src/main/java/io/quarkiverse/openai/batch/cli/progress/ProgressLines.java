package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;

import io.quarkiverse.openai.batch.cli.PlainText;
import io.quarkiverse.openai.batch.model.Batch;

/** A line at each change of status, and every few seconds. */
final class ProgressLines implements Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private final long lines;
    private String status;
    private long shownAt;

    ProgressLines(PrintStream out, long lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public void show(Batch batch) {
        long now = System.nanoTime();
        if (Objects.equals(status, batch.statusText()) && now - shownAt < INTERVAL.toNanos()) {
            return;
        }
        status = batch.statusText();
        shownAt = now;
        int completed = Progress.completed(batch);
        int failed = Progress.failed(batch);
        out.printf("%s: %d of %d lines done, %d failed%n", PlainText.of(status), completed + failed, lines, failed);
    }

    @Override
    public void close() {
        // every line is complete
    }
}
