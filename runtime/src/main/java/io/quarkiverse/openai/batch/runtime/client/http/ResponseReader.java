package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.model.ErrorResponse;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.vertx.core.http.HttpClientResponse;

/** Makes a {@link Reply} or an {@link AttemptFailure} of a response. */
final class ResponseReader {

    private static final int START_OF_BODY = 2_000;
    private static final int LONGEST_ERROR = 64 << 10;

    private ResponseReader() {
    }

    /**
     * @throws AttemptFailure if the response is no success, or cannot be read. Redirects are no success
     */
    static <B, T> Reply<T> read(BodyReader<B, T> answer, RestResponse<B> response, WireRequest request) {
        int status = response.getStatus();
        MultivaluedMap<String, String> given = response.getStringHeaders();
        Echo echo = request.echo();
        Map<String, List<String>> headers = headers(given.keySet(), given::get, echo);
        if (!isSuccess(status)) {
            byte[] body = readError(response.readEntity(InputStream.class), headers, request);
            throw AttemptFailure.answered(status, headers, echo.cutFrom(error(body)), echo.cutFrom(startOf(body)));
        }
        return new Reply<>(answer.read(response.getEntity(), status, headers, request), status, headers);
    }

    /** What a request failed with that was not answered, or whose answer has a body that broke off or was too long. */
    static Throwable failure(BodyReader<?, ?> answer, Throwable failure, WireRequest request) {
        HttpClientResponse begun = request.answer();
        Throwable ofConnection = ConnectionFailure.of(failure, request.isSent());
        if (begun == null || !(ofConnection instanceof AttemptFailure)) {
            return ofConnection;
        }
        int status = begun.statusCode();
        Map<String, List<String>> headers = headers(begun.headers().names(), begun.headers()::getAll, request.echo());
        return isSuccess(status) ? answer.unreadable(status, headers, ofConnection)
                : AttemptFailure.answered(status, headers, null, "");
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static Map<String, List<String>> headers(Set<String> names, Function<String, List<String>> values, Echo echo) {
        Map<String, List<String>> headers = new HashMap<>();
        names.forEach(name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT),
                values.apply(name).stream().map(echo::cutFrom).toList()));
        return Collections.unmodifiableMap(headers);
    }

    /**
     * The first 64 KiB of an error's body, or what came of them before the connection broke. A body that is not read to its
     * end is abandoned with its request; otherwise its connection would never be released.
     */
    private static byte[] readError(InputStream body, Map<String, List<String>> headers, WireRequest request) {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            InputStream decoded = ContentCoding.decoder(headers).apply(body);
            int read;
            while ((read = decoded.read(buffer)) >= 0) {
                start.write(buffer, 0, read);
                if (start.size() > LONGEST_ERROR) {
                    request.abandon();
                    break;
                }
            }
        } catch (IOException brokenOff) {
            // the status tells enough
            request.abandon();
            if (brokenOff instanceof InterruptedIOException) {
                Thread.currentThread().interrupt();
            }
        }
        return start.toByteArray();
    }

    /** Null if the body has another form than OpenAI's. */
    private static ApiError error(byte[] body) {
        try {
            return WireJson.read(body, ErrorResponse.class).error();
        } catch (IOException otherForm) {
            return null;
        }
    }

    private static String startOf(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 4 * START_OF_BODY), StandardCharsets.UTF_8);
        return start.substring(0, Math.min(start.length(), START_OF_BODY));
    }
}
