package io.quarkiverse.openai.batch.runtime.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;

/** What is made of the body of a successful answer. */
sealed interface Answer<T> {

    /**
     * @throws AttemptFailure if the body cannot be read
     */
    T read(InputStream body, int status, Map<String, List<String>> headers, WireRequest request, Duration timeout);

    /** JSON, read whole, within bounds. */
    record Json<T>(Class<T> type) implements Answer<T> {

        @Override
        public T read(InputStream body, int status, Map<String, List<String>> headers, WireRequest request,
                Duration timeout) {
            try {
                return WireJson.read(BoundedBody.read(body, request), type);
            } catch (IOException e) {
                throw AttemptFailure.unreadable(status, headers, "an answer that cannot be read as "
                        + type.getSimpleName(), new IOException(e.getClass().getSimpleName()));
            }
        }
    }

    /** The body itself, left to the caller. */
    record Content() implements Answer<InputStream> {

        @Override
        public InputStream read(InputStream body, int status, Map<String, List<String>> headers, WireRequest request,
                Duration timeout) {
            return new ContentStream(body, request, timeout);
        }
    }
}
