package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/**
 * A call failed, after all its retries: the provider answered with an error, with something that cannot be read, or not at
 * all.
 * <p>
 * The message names the operation, the host, the status, the error's code, the request id, the parameter and the provider's
 * message; of an upload without the last two, since providers echo prompts there. For a refused key it names the client and
 * where its key comes from. The key itself is cut out of all that a provider says.
 */
public class BatchApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> BILLING = Set.of("insufficient_quota", "billing_hard_limit_reached");

    private final transient Details details;

    public BatchApiException(String message, Details details, Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /** The HTTP status; 0 if no answer came. */
    public int status() {
        return details.status();
    }

    /** Whether the status is 404: the provider does not know the batch or file, or not yet. */
    public boolean isNotFound() {
        return details.status() == 404;
    }

    /**
     * Whether the same call may succeed later: there was no response or an unreadable one, or the status is 408, 409, 425, 429
     * or
     * 5XX. An error of billing (429 with {@code insufficient_quota} or {@code billing_hard_limit_reached}) is not transient.
     */
    public boolean isTransient() {
        return switch (details.status()) {
            case 408, 409, 425 -> true;
            case 429 -> error().map(ApiError::code).filter(BILLING::contains).isEmpty();
            default -> details.status() < 400 || details.status() >= 500;
        };
    }

    /** The headers of the answer, the names in lower case; empty if no answer came. */
    public Map<String, List<String>> headers() {
        return details.headers();
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return ResponseHeaders.first(details.headers(), name);
    }

    /** The provider's id of the request ({@code x-request-id}), for its support. */
    public Optional<String> requestId() {
        return header("x-request-id");
    }

    /** The error in OpenAI's form; empty if the body had another form or none. Its message may hold parts of the request. */
    public Optional<ApiError> error() {
        return Optional.ofNullable(details.error());
    }

    /** The start of the body, 2,000 characters at most; it may hold parts of the request, so do not log it. */
    public String bodyStart() {
        return details.bodyStart();
    }

    /** How often the request was sent, the first time included. */
    public int attempts() {
        return details.attempts();
    }

    /** How long the call took with all its attempts and waits. */
    public Duration elapsed() {
        return details.elapsed();
    }

    protected Details details() {
        return details;
    }

    /**
     * What is known of a failed call.
     *
     * @param status the HTTP status; 0 if no answer came
     * @param headers the headers of the answer, the names in lower case
     * @param error the error in OpenAI's form; null if there is none
     * @param bodyStart the start of the body; empty if there is none
     * @param attempts how often the request was sent
     * @param elapsed how long the call took
     */
    public record Details(int status, Map<String, List<String>> headers, ApiError error, String bodyStart, int attempts,
            Duration elapsed) {

        /** Status and times only: the rest may hold parts of the request. */
        @Override
        public String toString() {
            return "Details[status=" + status + ", attempts=" + attempts + ", elapsed=" + elapsed + "]";
        }
    }
}
