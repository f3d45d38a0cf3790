package io.quarkiverse.openai.batch.cli.progress;

import java.io.PrintStream;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;

/** Shows how far a batch is. */
public interface Progress extends AutoCloseable {

    void show(Batch batch);

    @Override
    void close();

    /** A bar where there is a terminal, else a line every few seconds. */
    static Progress on(PrintStream out, long lines) {
        return Terminal.isThere() ? new ProgressBarOnTerminal(out, lines) : new ProgressLines(out, lines);
    }

    static int completed(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        return counts == null || counts.completed() == null ? 0 : counts.completed();
    }

    static int failed(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        return counts == null || counts.failed() == null ? 0 : counts.failed();
    }
}
