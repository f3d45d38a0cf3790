package io.quarkiverse.openai.batch.cli.report;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;

/** A batch a line. */
public final class BatchTable {

    private static final String ROW = "%-40s  %-12s  %10s  %10s  %10s  %s";

    private final List<Batch> batches;

    public BatchTable(List<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public String toString() {
        return ROW.formatted("BATCH", "STATUS", "LINES", "COMPLETED", "FAILED", "CREATED")
                + batches.stream().map(BatchTable::row).collect(Collectors.joining());
    }

    private static String row(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts() == null ? new BatchRequestCounts(null, null, null)
                : batch.requestCounts();
        return System.lineSeparator() + ROW.formatted(SafeText.of(batch.id(), 100), SafeText.of(batch.statusText(), 50),
                text(counts.total()), text(counts.completed()), text(counts.failed()), text(batch.createdAt()));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
