package io.quarkiverse.openai.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a call that returns its error instead of throwing it: {@link Ok} or {@link Failed}.
 *
 * @param <T> the type of the value
 */
public sealed interface ApiResult<T> {

    /** The HTTP status; 0 if no answer came. */
    int status();

    /** The headers of the answer, the names in lower case; empty if no answer came. */
    Map<String, List<String>> headers();

    /** The value, or else the error thrown. */
    T orElseThrow();

    /** The first value of a header, whatever the case of its name. */
    default Optional<String> header(String name) {
        return ResponseHeaders.first(headers(), name);
    }

    /** The call succeeded. */
    record Ok<T>(T value, int status, Map<String, List<String>> headers) implements ApiResult<T> {

        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /** The call failed, after all retries. */
    record Failed<T>(BatchApiException error) implements ApiResult<T> {

        @Override
        public int status() {
            return error.status();
        }

        @Override
        public Map<String, List<String>> headers() {
            return error.headers();
        }

        @Override
        public T orElseThrow() {
            throw error;
        }
    }
}
