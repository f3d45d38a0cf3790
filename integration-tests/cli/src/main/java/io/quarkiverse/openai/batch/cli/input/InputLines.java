package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.openai.batch.jsonl.RawLines;

/** The lines of the input, one in memory at a time; blank ones are passed over. */
final class InputLines implements TextLines {

    private static final int MAX_LINE_BYTES = 32 << 20;
    /** Numbers keep their text: ids that are numbers must not become equal by being read. */
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_LINE_BYTES).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build().reader();

    private final Path file;
    private final RawLines lines;
    private InputLine next;

    InputLines(Path file) throws IOException {
        this.file = file;
        this.lines = RawLines.of(file, MAX_LINE_BYTES);
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && lines.next()) {
                next = lines.isBlank() ? null : read();
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.getFileName() + " after line " + number(), e);
        }
    }

    @Override
    public InputLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        InputLine current = next;
        next = null;
        return current;
    }

    private long number() {
        return lines.position().number();
    }

    private InputLine read() throws IOException {
        if (lines.length() > MAX_LINE_BYTES) {
            throw new InputException(file, number(), "longer than " + MAX_LINE_BYTES + " bytes");
        }
        return new InputLine(file, number(), json(lines.bytes()));
    }

    private JsonNode json(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(text(bytes));
            if (json.isObject()) {
                return json;
            }
        } catch (CharacterCodingException e) {
            throw new InputException(file, number(), "not UTF-8");
        } catch (JsonProcessingException e) {
            throw new InputException(file, number(), "not JSON");
        }
        throw new InputException(file, number(), "not a JSON object");
    }

    /** Jackson would guess the encoding, and take UTF-16 or UTF-32 for lines of its own. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        if (text.indexOf(0) >= 0) {
            throw new CharacterCodingException();
        }
        return text;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
