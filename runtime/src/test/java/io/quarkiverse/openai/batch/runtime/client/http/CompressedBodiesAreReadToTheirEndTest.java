package io.quarkiverse.openai.batch.runtime.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

class CompressedBodiesAreReadToTheirEndTest {

    private static final Map<String, List<String>> GZIP = Map.of("content-encoding", List.of("GZip"));

    private boolean ended;

    private static InputStream gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** Parts that come one after the other, so that nothing is there before it is asked for. */
    private InputStream body(String... parts) {
        return new FilterInputStream(
                new SequenceInputStream(
                        Collections.enumeration(Stream.of(parts).map(CompressedBodiesAreReadToTheirEndTest::gzip).toList()))) {

            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read() throws IOException {
                int read = super.read();
                ended |= read < 0;
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                ended |= read < 0;
                return read;
            }
        };
    }

    @Test
    void alsoIfTheyHaveSeveralParts() throws IOException {
        try (InputStream decoded = ContentCoding.decoder(GZIP).apply(body("one ", "two ", "three"))) {
            assertThat(decoded.readAllBytes()).asString().isEqualTo("one two three");
        }
    }

    /** A body that was read to its end leaves its connection to others. */
    @Test
    void andNotBeforeIt() throws IOException {
        try (InputStream decoded = ContentCoding.decoder(GZIP).apply(body("one"))) {
            assertThat(decoded.readAllBytes()).asString().isEqualTo("one");
            assertThat(ended).isTrue();
        }
    }
}
