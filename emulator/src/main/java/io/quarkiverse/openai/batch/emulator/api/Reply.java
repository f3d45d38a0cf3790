package io.quarkiverse.openai.batch.emulator.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/**
 * What a request is answered with.
 *
 * @param headers without those of every answer; null for one that is left out
 * @param bytes the body, or null if it is the file's
 * @param file whose bytes are the body, or null; retained until {@link #release}
 */
public record Reply(int status, Map<String, String> headers, byte[] bytes, StoredFile file) {

    public static Reply json(JsonNode body) {
        return json(200, body);
    }

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8), null);
    }

    public static Reply error(ApiException error) {
        return json(error.status(), error.toJson());
    }

    /** To be called when the reply is sent, or will not be. */
    public void release() {
        if (file != null) {
            file.release();
        }
    }

    static Reply content(StoredFile file) {
        return new Reply(200, Map.of("Content-Type", "application/octet-stream"), null, file);
    }
}
