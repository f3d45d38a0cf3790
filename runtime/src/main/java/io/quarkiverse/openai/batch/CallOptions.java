package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Overrides a client's settings for single calls: headers, query parameters, retries and the time-out. Immutable; start with
 * {@link #of()}, each {@code with} method returns a changed copy.
 */
public final class CallOptions {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private static final CallOptions NONE = new CallOptions(Map.of(), Map.of(), null, null);

    private final Map<String, String> headers;
    private final Map<String, String> query;
    private final RetryOptions retry;
    private final Duration timeout;

    private CallOptions(Map<String, String> headers, Map<String, String> query, RetryOptions retry, Duration timeout) {
        this.headers = headers;
        this.query = query;
        this.retry = retry;
        this.timeout = timeout;
    }

    /** No overrides. */
    public static CallOptions of() {
        return NONE;
    }

    /**
     * Adds a header. It replaces the client's own of that name.
     *
     * @throws IllegalArgumentException if the name is not a token (RFC 9110, 5.1), the value has control characters, or the
     *         header is one that frames the message
     */
    public CallOptions withHeader(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "A header's name must be a token such as X-Run, but not Content-Length or Transfer-Encoding");
        }
        if (CONTROL_CHARACTER.matcher(value).find()) {
            throw new IllegalArgumentException("The value of the header " + name + " must not have control characters");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new CallOptions(Collections.unmodifiableMap(more), query, retry, timeout);
    }

    /** Adds a query parameter. It replaces the client's own of that name. */
    public CallOptions withQuery(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, Objects.requireNonNull(value, "The value of a query parameter must not be null"));
        return new CallOptions(headers, Collections.unmodifiableMap(more), retry, timeout);
    }

    /** Replaces the client's retries. */
    public CallOptions withRetry(RetryOptions options) {
        return new CallOptions(headers, query, options, timeout);
    }

    /**
     * Replaces the client's time-outs: the time of one attempt. {@link RetryOptions#maxElapsedTime()} bounds all attempts
     * together. For {@code fileContent} it is the time until the first byte, and the longest time without a byte after that.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CallOptions withTimeout(Duration attempt) {
        if (attempt.isZero() || attempt.isNegative()) {
            throw new IllegalArgumentException("The time-out of a call must be positive, not " + attempt);
        }
        return new CallOptions(headers, query, retry, attempt);
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Map<String, String> query() {
        return query;
    }

    public Optional<RetryOptions> retry() {
        return Optional.ofNullable(retry);
    }

    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** These options, and those of an earlier {@code with} for everything that these do not set. */
    public CallOptions over(CallOptions earlier) {
        CallOptions all = earlier;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all = all.withHeader(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            all = all.withQuery(parameter.getKey(), parameter.getValue());
        }
        return new CallOptions(all.headers, all.query, retry == null ? earlier.retry : retry,
                timeout == null ? earlier.timeout : timeout);
    }

    /** The names of headers and parameters only: values may be secret. */
    @Override
    public String toString() {
        return "CallOptions[headers=" + headers.keySet() + ", query=" + query.keySet() + ", retry=" + retry + ", timeout="
                + timeout + "]";
    }
}
