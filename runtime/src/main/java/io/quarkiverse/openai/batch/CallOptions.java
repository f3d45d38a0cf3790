package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a single call does otherwise than its client: further headers and query parameters, other retries, another time-out.
 * Immutable.
 */
public final class CallOptions {

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

    /** One more header, in place of the client's own of that name. */
    public static CallOptions header(String name, String value) {
        return NONE.andHeader(name, value);
    }

    /** One more header, in place of the client's own of that name. */
    public CallOptions andHeader(String name, String value) {
        return new CallOptions(plus(headers, name, value), query, retry, timeout);
    }

    /** One more query parameter, in place of the client's own of that name. */
    public CallOptions query(String name, String value) {
        return new CallOptions(headers, plus(query, name, value), retry, timeout);
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
        Map<String, String> allHeaders = new LinkedHashMap<>(earlier.headers);
        allHeaders.putAll(headers);
        Map<String, String> allQuery = new LinkedHashMap<>(earlier.query);
        allQuery.putAll(query);
        return new CallOptions(Map.copyOf(allHeaders), Map.copyOf(allQuery), retry == null ? earlier.retry : retry,
                timeout == null ? earlier.timeout : timeout);
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return Map.copyOf(more);
    }

    /** The names of headers and parameters only: values may be secret. */
    @Override
    public String toString() {
        return "CallOptions[headers=" + headers.keySet() + ", query=" + query.keySet() + ", retry=" + retry + ", timeout="
                + timeout + "]";
    }
}
