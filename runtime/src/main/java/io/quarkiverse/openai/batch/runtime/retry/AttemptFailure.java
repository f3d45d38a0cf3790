package io.quarkiverse.openai.batch.runtime.retry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/**
 * One attempt of a call failed. It has what the retry rules need; users get a
 * {@link io.quarkiverse.openai.batch.BatchApiException} made of the last one.
 */
public final class AttemptFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._*-]{1,100}");

    private final transient int status;
    private final transient Map<String, List<String>> headers;
    private final transient ApiError error;
    private final transient String bodyStart;
    private final transient boolean sent;

    private AttemptFailure(String reason, Throwable cause, int status, Map<String, List<String>> headers, ApiError error,
            String bodyStart, boolean sent) {
        super(reason, cause, false, false);
        this.status = status;
        this.headers = headers;
        this.error = error;
        this.bodyStart = bodyStart;
        this.sent = sent;
    }

    /** The server answered with an error status. */
    public static AttemptFailure answered(int status, Map<String, List<String>> headers, ApiError error, String bodyStart) {
        return new AttemptFailure("status " + status, null, status, headers, error, bodyStart, true);
    }

    /** The server answered with a success that cannot be read. */
    public static AttemptFailure unreadable(int status, Map<String, List<String>> headers, String reason, Throwable cause) {
        return new AttemptFailure(reason, cause, status, headers, null, "", true);
    }

    /** No answer came. */
    public static AttemptFailure unanswered(String reason, Throwable cause, boolean sent) {
        return new AttemptFailure(reason, cause, 0, Map.of(), null, "", sent);
    }

    public int status() {
        return status;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public ApiError error() {
        return error;
    }

    public String bodyStart() {
        return bodyStart;
    }

    /** Status or cause, the error's code and the request's id; nothing else of the response. */
    public String reason() {
        String code = error == null ? null : error.code() == null ? error.type() : error.code();
        return SafeText.of(getMessage(), 200)
                + (isName(code) ? " " + code : "")
                + header("x-request-id").filter(AttemptFailure::isName).map(id -> " (request " + id + ")").orElse("");
    }

    /** What the provider says beside the code, to follow in a message; empty if it says nothing. */
    public String explanation() {
        String message = error == null ? "" : SafeText.of(error.message(), 300);
        String param = error == null || !isName(error.param()) ? "" : "param " + error.param();
        return message.isEmpty() && param.isEmpty() ? ""
                : ": " + message + (message.isEmpty() ? param : param.isEmpty() ? "" : " (" + param + ")");
    }

    /** What is no name may be anything: a prompt, or a page. */
    private static boolean isName(String text) {
        return text != null && NAME.matcher(text).matches();
    }

    /** The connection failed, the attempt timed out, or a success could not be read. */
    public boolean isConnectionError() {
        return status < 300;
    }

    /** Whether the request may have taken effect although it failed. */
    public boolean isAmbiguous() {
        return sent && (isConnectionError() || status == 408 || status == 409 || status >= 500);
    }
}
