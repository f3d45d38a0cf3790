package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;

/** What is made of the body of a successful answer. */
public sealed interface BodyReader<B, T> {

    /**
     * @param body null if there is none
     * @throws AttemptFailure if the body cannot be read
     */
    T read(B body, int status, Map<String, List<String>> headers, WireRequest request);

    /** What is expected, for messages. */
    String name();

    /** A success without a body that can be read. */
    default AttemptFailure unreadable(int status, Map<String, List<String>> headers, Throwable cause) {
        return AttemptFailure.unreadable(status, headers, "status " + status + " and no readable " + name(), cause);
    }

    /** JSON, read whole. A batch or file without an id is none: nothing could be done with it. */
    record Json<T>(Class<T> type) implements BodyReader<byte[], T> {

        @Override
        public T read(byte[] body, int status, Map<String, List<String>> headers, WireRequest request) {
            T value;
            try {
                byte[] json = body == null ? new byte[0] : ContentCoding.decoded(body, headers, WireRequest.LONGEST_BODY);
                value = WireJson.read(request.echo().cutFrom(json), type);
            } catch (IOException e) {
                // its message would have a part of the body in it
                throw unreadable(status, headers, new IOException(e.getClass().getSimpleName()));
            }
            if (value instanceof Batch batch && batch.id() == null || value instanceof FileObject file && file.id() == null) {
                throw unreadable(status, headers, null);
            }
            return value;
        }

        @Override
        public String name() {
            return type.getSimpleName();
        }
    }

    /** The body itself, left to the caller. */
    record Content(Duration stallTimeout, ScheduledExecutorService timers) implements BodyReader<InputStream, InputStream> {

        @Override
        public InputStream read(InputStream body, int status, Map<String, List<String>> headers, WireRequest request) {
            if (body == null) {
                return InputStream.nullInputStream();
            }
            try {
                UnaryOperator<InputStream> decoder = ContentCoding.decoder(headers);
                return decoder.apply(new ContentStream(body, request, stallTimeout, timers));
            } catch (IOException e) {
                request.abandon();
                throw unreadable(status, headers, e);
            }
        }

        @Override
        public String name() {
            return "content";
        }
    }
}
