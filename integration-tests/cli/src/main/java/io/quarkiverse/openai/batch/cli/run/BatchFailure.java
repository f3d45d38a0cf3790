package io.quarkiverse.openai.batch.cli.run;

import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.cli.PlainText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;

/** Says why no line of a batch was run. */
final class BatchFailure {

    private static final int ERRORS_SHOWN = 10;

    private BatchFailure() {
    }

    static String describe(Batch batch) {
        String errors = batch.errors().stream().limit(ERRORS_SHOWN).map(BatchFailure::describe)
                .collect(Collectors.joining());
        int more = batch.errors().size() - ERRORS_SHOWN;
        return "The batch failed; no line was run." + errors + (more > 0 ? System.lineSeparator() + more + " more" : "");
    }

    private static String describe(BatchError error) {
        return System.lineSeparator() + (error.line() == null ? "" : "line " + error.line() + ": ")
                + PlainText.of(error.code()) + ": " + PlainText.of(error.message());
    }
}
