package io.quarkiverse.openai.batch.emulator.http;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends replies, with the headers that every answer of the API has. */
final class ReplySender {

    /** RFC 9110's fixed form, which {@link DateTimeFormatter#RFC_1123_DATE_TIME} misses on one-digit days. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);
    private static final String VERSION = "2020-10-01";

    private final InstantSource clock;

    ReplySender(InstantSource clock) {
        this.clock = clock;
    }

    /** @param started when the request came in, by {@link System#nanoTime} */
    Future<Void> send(HttpServerResponse response, Reply reply, long started) {
        putHead(response, reply, started);
        if (reply.file() == null) {
            return response.end(Buffer.buffer(reply.bytes()));
        }
        return response.sendFile(reply.file().path().toString()).onComplete(sent -> reply.release());
    }

    /** Puts status and headers, and sends nothing yet. */
    void putHead(HttpServerResponse response, Reply reply, long started) {
        response.setStatusCode(reply.status());
        response.putHeader("Date", HTTP_DATE.format(clock.instant()));
        response.putHeader("x-request-id", "req_" + UUID.randomUUID().toString().replace("-", ""));
        response.putHeader("openai-processing-ms",
                Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)));
        response.putHeader("openai-version", VERSION);
        reply.headers().forEach((name, value) -> {
            if (value == null) {
                response.headers().remove(name);
            } else {
                response.putHeader(name, value);
            }
        });
    }
}
