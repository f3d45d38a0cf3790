package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesAreCutAtNewlinesTest {

    private static final String LINE = "{\"custom_id\": \"a\"}";

    @TempDir
    Path directory;

    @Test
    void aByteOrderMarkAtTheStartIsPassedOver() {
        List<BatchResult> results = Lines.read(Lines.stream("\uFEFF" + LINE, LINE));

        assertThat(results).extracting(BatchResult::customId).containsExactly("a", "a");
        assertThat(results).extracting(result -> result.position().offset()).containsExactly(3L, 3L + LINE.length() + 1);
    }

    @Test
    void carriageReturnsAreWhiteSpace() {
        assertThat(Lines.read(Lines.stream(LINE + "\r", LINE + "\r"))).extracting(BatchResult::customId)
                .containsExactly("a", "a");
    }

    @Test
    void blankLinesAreCountedAndPassedOver() {
        assertThat(Lines.read(Lines.stream("", " \t\r", LINE, "", LINE, ""))).extracting(result -> result.position().number())
                .containsExactly(3L, 5L);
    }

    @Test
    void theLastLineNeedsNoNewline() {
        assertThat(Lines.read(Lines.stream((LINE + "\n" + LINE).getBytes(StandardCharsets.UTF_8)))).hasSize(2);
        assertThat(Lines.read(Lines.stream(LINE.getBytes(StandardCharsets.UTF_8)))).hasSize(1);
    }

    @Test
    void anEmptyFileHasNoLines() {
        assertThat(Lines.read(Lines.stream(new byte[0]))).isEmpty();
        assertThat(Lines.read(Lines.stream("\n\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 1000, 65_535, 65_536, 65_537, 1 << 20 })
    void howeverTheBytesArrive(int chunk) {
        String[] lines = IntStream.range(0, chunk < 1000 ? 20 : 400).mapToObj(ResultLines::chat).toArray(String[]::new);

        List<BatchResult> results = Lines.read(Lines.slowly(Lines.bytes(lines), chunk));

        assertThat(results).isEqualTo(Stream.of(lines).map(Lines::read).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = { 65_500, 65_530, 65_536, 131_072, 3_000_000 })
    void linesLongerThanTheBuffer(int length) {
        String text = "x".repeat(length);
        String line = "{\"custom_id\": \"long\", \"response\": {\"status_code\": 200, \"body\": {\"choices\": [{\"text\": \""
                + text + "\"}]}}}";

        List<BatchResult> results = Lines.read(Lines.stream(LINE, line, LINE, line, line, LINE));

        assertThat(results).extracting(BatchResult::customId).containsExactly("a", "long", "a", "long", "long", "a");
        assertThat(results.get(3).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = { 300, 100_000, 1_000_000 })
    void aLineBeyondTheBoundIsMalformedAndItsBytesAreNotKept(int length) {
        String tooLong = "{\"custom_id\": \"" + "x".repeat(length) + "\"}";

        for (byte[] file : List.of(Lines.bytes(LINE, tooLong, LINE, tooLong), Lines.bytes(tooLong, LINE, tooLong, LINE),
                (LINE + "\n" + LINE + "\n" + tooLong + "\n" + tooLong).getBytes(StandardCharsets.UTF_8))) {
            List<BatchResult> results;
            try (Stream<BatchResult> stream = JsonlReader.results(Lines.stream(file)).withMaxLineBytes(200).stream()) {
                results = stream.toList();
            }

            assertThat(results).filteredOn(result -> result.outcome() == Outcome.MALFORMED).hasSize(2)
                    .allSatisfy(result -> {
                        assertThat(result.reason()).isEqualTo("longer than 200 bytes: " + tooLong.length());
                        assertThat(result.line()).isEmpty();
                    });
            assertThat(results).filteredOn(result -> result.outcome() == Outcome.FAILED).hasSize(2)
                    .allSatisfy(result -> assertThat(at(file, result.position().offset())).isEqualTo(LINE));
            assertThat(results).extracting(result -> result.position().number()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    private static String at(byte[] file, long offset) {
        return new String(Arrays.copyOfRange(file, (int) offset, (int) offset + LINE.length()), StandardCharsets.UTF_8);
    }

    @Test
    void severalFilesAreOneSequenceEachWithItsOwnNumbers() throws IOException {
        Path output = Files.writeString(directory.resolve("output.jsonl"), LINE + "\n" + LINE);
        Path errors = Files.writeString(directory.resolve("errors.jsonl"), LINE + "\n");
        JsonlReader<BatchResult> reader = JsonlReader.results(output, errors);

        for (int time = 0; time < 2; time++) {
            try (Stream<BatchResult> results = reader.stream()) {
                assertThat(results).extracting(result -> result.position().toString()).containsExactly("output.jsonl:1",
                        "output.jsonl:2", "errors.jsonl:1");
            }
        }
    }

    @Test
    void aMissingFileAndAFailingStreamAreTheReadersOwnErrors() {
        Path missing = directory.resolve("missing.jsonl");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        };

        assertThatThrownBy(() -> JsonlReader.results(missing).forEach(result -> {
        })).isInstanceOf(JsonlException.class).hasMessageContaining("missing.jsonl").hasMessageContaining("NoSuchFile");
        assertThatThrownBy(() -> JsonlReader.results(failing).forEach(result -> {
        })).isInstanceOf(JsonlException.class).hasRootCauseMessage("Connection reset");
    }

    @Test
    void closingClosesTheStreamAlsoIfItWasNotRead() {
        boolean[] closed = new boolean[1];
        InputStream in = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        JsonlReader.results(in).stream().close();

        assertThat(closed[0]).isTrue();
    }
}
