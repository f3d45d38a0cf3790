package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.time.Duration;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchApiException.Details;
import io.quarkiverse.openai.batch.OpenSubmissionException;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;

/** Makes the exceptions that users see. Their messages hold nothing that a request or an answer could bring in. */
public final class Failures {

    private Failures() {
    }

    static BatchApiException exception(String operation, URI baseUrl, AttemptFailure failure, int attempts,
            Duration elapsed) {
        return new BatchApiException("%s at %s failed with %s, after %s".formatted(operation, baseUrl.getHost(),
                reason(failure), tries(attempts, elapsed)), details(failure, attempts, elapsed), failure.getCause());
    }

    public static OpenSubmissionException open(String submissionId, String lookedFor, AttemptFailure failure, int attempts,
            Duration elapsed) {
        String message = "It is not known whether createBatch created a batch: it ended with %s, after %s, and %s"
                .formatted(reason(failure), tries(attempts, elapsed), lookedFor);
        return new OpenSubmissionException(message, submissionId, details(failure, attempts, elapsed), failure.getCause());
    }

    private static Details details(AttemptFailure failure, int attempts, Duration elapsed) {
        return new Details(failure.status(), failure.headers(), failure.error(), failure.bodyStart(), attempts, elapsed);
    }

    private static String reason(AttemptFailure failure) {
        ApiError error = failure.error();
        String code = error == null ? null : error.code() == null ? error.type() : error.code();
        return SafeText.of(failure.getMessage(), 200)
                + (code == null ? "" : " " + SafeText.of(code, 100))
                + failure.header("x-request-id").map(id -> " (request " + SafeText.of(id, 100) + ")").orElse("");
    }

    private static String tries(int attempts, Duration elapsed) {
        return "%d %s in %d ms".formatted(attempts, attempts == 1 ? "attempt" : "attempts", elapsed.toMillis());
    }
}
