package io.quarkiverse.openai.batch.jsonl;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Lines in memory for tests. */
final class Lines {

    private Lines() {
    }

    static byte[] bytes(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static InputStream stream(String... lines) {
        return new ByteArrayInputStream(bytes(lines));
    }

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** A stream that gives few bytes at a time, as a network may. */
    static InputStream slowly(byte[] bytes, int chunk) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(chunk, length));
            }
        };
    }

    static List<BatchResult> read(InputStream in) {
        try (Stream<BatchResult> results = JsonlReader.results(in).stream()) {
            return results.toList();
        }
    }

    static BatchResult read(String line) {
        return BatchResult.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    static BatchResult answered(String body) {
        return read("{\"custom_id\": \"c\", \"response\": {\"status_code\": 200, \"body\": " + body + "}, \"error\": null}");
    }
}
