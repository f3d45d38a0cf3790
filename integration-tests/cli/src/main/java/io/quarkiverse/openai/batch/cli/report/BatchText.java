package io.quarkiverse.openai.batch.cli.report;

import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;

/** What the user reads of a batch. What the provider wrote is made safe. */
public final class BatchText {

    private static final int ERRORS_SHOWN = 5;

    private BatchText() {
    }

    /** A label and a value a line. */
    public static ReportText of(Batch batch) {
        return new ReportText()
                .with("Batch", batch.id() + ", " + batch.statusText())
                .with("Lines", counts(batch.requestCounts()))
                .with("Endpoint", batch.endpoint())
                .with("Model", batch.model())
                .with("Errors", batch.errors().isEmpty() ? null
                        : batch.errors().stream().limit(ERRORS_SHOWN).map(BatchText::error).collect(Collectors.joining("; ")))
                .with("Input", batch.inputFileId())
                .with("Output", batch.outputFileId())
                .with("Error file", batch.errorFileId())
                .with("Created", batch.createdAt())
                .with("Expires", batch.expiresAt())
                .with("Completed", batch.completedAt())
                .with("Metadata", batch.metadata().isEmpty() ? null : batch.metadata());
    }

    /** In one line, such as {@code batch_1 in_progress, 3 of 4 lines completed, 1 failed}. */
    public static String line(Batch batch) {
        String counts = counts(batch.requestCounts());
        return SafeText.of(batch.id(), 100) + " " + SafeText.of(batch.statusText(), 50) + (counts == null ? "" : ", " + counts);
    }

    private static String counts(BatchRequestCounts counts) {
        return counts == null || counts.total() == null ? null
                : "%d of %d completed, %d failed".formatted(orZero(counts.completed()), counts.total(),
                        orZero(counts.failed()));
    }

    private static int orZero(Integer count) {
        return count == null ? 0 : count;
    }

    private static String error(BatchError error) {
        return (error.line() == null ? "" : "line " + error.line() + ": ") + (error.code() == null ? "" : error.code() + " ")
                + (error.message() == null ? "" : error.message());
    }
}
