package io.quarkiverse.openai.batch.runtime.retry;

import java.util.Optional;

import io.quarkiverse.openai.batch.RetryOptions;

/**
 * Which failures are retried: what {@code x-should-retry} says, else the configured statuses, else connection
 * errors (the order of openai-python and openai-java, 2026-08).
 */
final class RetryRule {

    private final RetryOptions options;

    RetryRule(RetryOptions options) {
        this.options = options;
    }

    boolean allows(AttemptFailure failure) {
        Optional<String> serversWord = failure.header("x-should-retry").map(String::strip);
        if (serversWord.isPresent() && (serversWord.get().equals("true") || serversWord.get().equals("false"))) {
            return serversWord.get().equals("true");
        }
        return failure.isConnectionError() ? options.connectionErrors() : isRetriedStatus(failure.status());
    }

    private boolean isRetriedStatus(int status) {
        String text = Integer.toString(status);
        return options.statusCodes().stream()
                .anyMatch(code -> code.equals(text)
                        || code.charAt(0) == text.charAt(0) && code.regionMatches(true, 1, "XX", 0, 2));
    }
}
