package io.quarkiverse.openai.batch.cli.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The lines of the input, one in memory at a time; blank ones are passed over. */
final class InputLines implements Iterator<InputLine>, Closeable {

    private static final int MAX_LINE_BYTES = 32 << 20;
    private static final ObjectReader JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build()
            .reader();

    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private InputLine next;

    InputLines(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), 64 << 10);
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && readLine()) {
                byte[] bytes = line.toByteArray();
                next = isBlank(bytes) ? null : new InputLine(file, number, json(bytes));
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.getFileName() + " after line " + number, e);
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

    private boolean readLine() throws IOException {
        line.reset();
        int b = in.read();
        if (b < 0) {
            return false;
        }
        number++;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == MAX_LINE_BYTES) {
                throw new InputException(file, number, "longer than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(b);
        }
        return true;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private JsonNode json(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException | java.io.CharConversionException e) {
            throw new InputException(file, number, "not JSON");
        }
        throw new InputException(file, number, "not a JSON object");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
