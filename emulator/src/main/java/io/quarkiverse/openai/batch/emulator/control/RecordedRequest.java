package io.quarkiverse.openai.batch.emulator.control;

import java.time.Instant;
import java.util.Map;

/**
 * A request as it was seen: never its body, and no secret.
 *
 * @param time by the emulator's clock
 * @param query with secret values masked, or null
 * @param operation null if the path is not one of the API's
 * @param headers with secret values masked
 * @param status of the answer; null as long as there is none, or if the connection ended without one
 */
public record RecordedRequest(Instant time, String method, String path, String query, Operation operation,
        Map<String, String> headers, Integer status) {

    /** In one line, without its headers. */
    @Override
    public String toString() {
        return "%s %s %s%s %s".formatted(time, method, path, query == null ? "" : "?" + query,
                status == null ? "no answer" : status);
    }

    RecordedRequest answered(int status) {
        return new RecordedRequest(time, method, path, query, operation, headers, status);
    }
}
