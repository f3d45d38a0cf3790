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
 * What a single call does otherwise than its client: further headers and query parameters, other retries, another time-out.
 * Immutable.
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

    /** Nothing otherwise. */
    public static CallOptions none() {
        return NONE;
    }

    /**
     * One more header, in place of the client's own of that name.
     *
     * @throws IllegalArgumentException as {@link #andHeader}
     */
    public static CallOptions header(String name, String value) {
        return NONE.andHeader(name, value);
    }

    /**
     * One more header, in place of the client's own of that name.
     *
     * @throws IllegalArgumentException if the name is not a token (RFC 9110, 5.1), the value has control characters, or the
     *         header is one that frames the message
     */
    public CallOptions andHeader(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "A header's name must be a token such as X-Run, and none that frames the message");
        }
        if (CONTROL_CHARACTER.matcher(value).find()) {
            throw new IllegalArgumentException("The value of the header " + name + " must not have control characters");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new CallOptions(Collections.unmodifiableMap(more), query, retry, timeout);
    }

    /** One more query parameter, in place of the client's own of that name. */
    public CallOptions query(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, Objects.requireNonNull(value, "The value of a query parameter must not be null"));
        return new CallOptions(headers, Collections.unmodifiableMap(more), retry, timeout);
    }

    /** These retries in place of the client's. */
    public CallOptions retry(RetryOptions options) {
        return new CallOptions(headers, query, options, timeout);
    }

    /**
     * How long one attempt may take, in place of the client's time-outs; {@link RetryOptions#maxElapsedTime()} bounds all
     * attempts together. For {@code fileContent}: how long until the first byte, and how long the stream may then stall.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CallOptions timeout(Duration attempt) {
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

    /** These options, and where they say nothing, those of an earlier {@code with}. */
    public CallOptions over(CallOptions earlier) {
        CallOptions all = earlier;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all = all.andHeader(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            all = all.query(parameter.getKey(), parameter.getValue());
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
