package io.quarkiverse.openai.batch.runtime.job.batch;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;

/** Why a provider refused an input file, by its error codes; nothing of such a batch was run. */
public enum Refusal {
    /** There is no room now. */
    TOKEN_LIMIT,
    /** Single lines are at fault; the others can be sent again. */
    LINES,
    /** Something that a person must fix: the model, the billing, a permission. */
    OTHER;

    /**
     * @param lines how many lines the file has
     */
    public static Refusal of(Batch failed, long lines) {
        List<BatchError> errors = failed.errors();
        if (errors.stream().anyMatch(error -> Create.TOKEN_LIMIT.equals(error.code()))) {
            return TOKEN_LIMIT;
        }
        return errors.stream().anyMatch(error -> isLine(error, lines)) ? LINES : OTHER;
    }

    private static boolean isLine(BatchError error, long lines) {
        return error.line() != null && error.line() >= 1 && error.line() <= lines;
    }

    /** What it says of the limit. */
    public static String tokenLimit(Batch failed) {
        return failed.errors().stream().filter(error -> Create.TOKEN_LIMIT.equals(error.code())).findFirst()
                .map(BatchError::message).orElse(null);
    }

    /** What to tell a person. */
    public static String describe(Batch failed) {
        String codes = failed.errors().stream().map(error -> SafeText.of(error.code(), 100)).distinct().limit(5)
                .collect(Collectors.joining(", "));
        return "The provider refused batch %s: %s. Fix this, then resume the job".formatted(SafeText.of(failed.id(), 100),
                codes.isEmpty() ? "it does not say why" : codes);
    }
}
