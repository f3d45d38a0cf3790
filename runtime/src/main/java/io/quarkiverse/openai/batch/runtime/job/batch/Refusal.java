package io.quarkiverse.openai.batch.runtime.job.batch;

import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;

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
    public static Refusal of(RemoteBatch failed, long lines) {
        if (failed.reasons().stream().anyMatch(Reason::isTokenLimit)) {
            return TOKEN_LIMIT;
        }
        return failed.reasons().stream().anyMatch(reason -> isLine(reason, lines)) ? LINES : OTHER;
    }

    private static boolean isLine(Reason reason, long lines) {
        return reason.line() >= 1 && reason.line() <= lines;
    }

    /** What it says of the limit. */
    public static String tokenLimit(RemoteBatch failed) {
        return failed.reasons().stream().filter(Reason::isTokenLimit).findFirst().map(Reason::message).orElse(null);
    }

    private static String text(Reason reason) {
        String code = SafeText.of(reason.code(), 100);
        String message = SafeText.of(reason.message(), 300);
        return code.isEmpty() || message.isEmpty() ? code + message : code + " (" + message + ")";
    }

    /** What to tell a person. */
    public static String describe(RemoteBatch failed) {
        String codes = failed.reasons().stream().map(Refusal::text).filter(text -> !text.isEmpty()).distinct().limit(5)
                .collect(Collectors.joining(", "));
        return "The provider refused batch %s: %s. Fix this, then resume the job".formatted(SafeText.of(failed.id(), 100),
                codes.isEmpty() ? "it does not say why" : codes);
    }
}
