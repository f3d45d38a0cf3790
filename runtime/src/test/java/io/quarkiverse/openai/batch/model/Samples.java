package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The payloads that providers document; see {@code samples/SOURCES.md}. */
final class Samples {

    private Samples() {
    }

    static <T> T read(String sample, Class<T> type) {
        try (InputStream stream = Samples.class.getResourceAsStream("/samples/" + sample)) {
            return WireJson.read(stream.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T parse(String json, Class<T> type) {
        try {
            return WireJson.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
