package io.quarkiverse.openai.batch.runtime.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.model.ErrorResponse;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;

/** Makes a {@link Reply} of a response. */
final class Replies {

    private static final int START_OF_BODY = 2_000;

    private Replies() {
    }

    /**
     * @throws AttemptFailure if the response is no success, or cannot be read. Redirects are no success: whoever follows one
     *         takes the key along
     */
    static <T> Reply<T> read(Answer<T> answer, RestResponse<InputStream> response, WireRequest request) {
        int status = response.getStatus();
        Map<String, List<String>> headers = headers(response);
        if (status < 200 || status >= 300) {
            byte[] body = BoundedBody.readError(response.readEntity(InputStream.class), request);
            throw AttemptFailure.answered(status, headers, error(body), startOf(body));
        }
        InputStream body = response.getEntity() == null ? InputStream.nullInputStream() : response.getEntity();
        return new Reply<>(answer.read(body, status, headers, request), status, headers);
    }

    private static Map<String, List<String>> headers(RestResponse<?> response) {
        return response.getStringHeaders().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> List.copyOf(header.getValue()), (one, other) -> one));
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
