package io.quarkiverse.openai.batch.runtime.dev;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

/** Lines of an id and a text, one in memory at a time: JSON lines, or a CSV file whose first line has the names. */
final class TextLines implements Iterator<TextLines.Line>, Closeable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final CsvMapper CSV = CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.IGNORE_TRAILING_UNMAPPABLE).build();

    /**
     * A line.
     *
     * @param number the number of the line that it begins in, from 1
     * @param id null if it has none
     * @param text null if it has none
     */
    record Line(long number, String id, String text) {

        boolean isText() {
            return id != null && !id.isBlank() && text != null;
        }
    }

    /** A line that cannot be read; nor can those after it. */
    static final class LineException extends RuntimeException {

        LineException(long number, String problem) {
            super("line " + number + ": " + problem);
        }
    }

    private final MappingIterator<JsonNode> rows;
    private final String what;

    private TextLines(MappingIterator<JsonNode> rows, String what) {
        this.rows = rows;
        this.what = what;
    }

    static TextLines of(Path file, boolean csv) throws IOException {
        return csv ? ofCsv(file) : ofJson(file);
    }

    static TextLines ofJson(Path file) throws IOException {
        return of(file, JSON.readerFor(JsonNode.class), "JSON");
    }

    private static TextLines ofCsv(Path file) throws IOException {
        return of(file, CSV.readerFor(JsonNode.class).with(CsvSchema.emptySchema().withHeader()), "CSV");
    }

    private static TextLines of(Path file, ObjectReader reader, String what) throws IOException {
        try {
            return new TextLines(reader.readValues(reader(file)), what);
        } catch (CharacterCodingException e) {
            throw new LineException(1, "not UTF-8, in this line or soon after it");
        } catch (JsonProcessingException e) {
            throw new LineException(1, "not " + what);
        }
    }

    /** Without the mark that spreadsheets put at the beginning. */
    private static Reader reader(Path file) throws IOException {
        Reader reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    @Override
    public boolean hasNext() {
        return read(rows::hasNextValue);
    }

    @Override
    public Line next() {
        long number = number();
        JsonNode row = read(rows::nextValue);
        return new Line(number, text(row, "id"), text(row, "text"));
    }

    private static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private interface Reading<T> {

        T read() throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        long number = number();
        try {
            return reading.read();
        } catch (CharacterCodingException e) {
            throw new LineException(number, "not UTF-8, in this line or soon after it");
        } catch (JsonProcessingException e) {
            throw new LineException(e.getLocation() == null ? number : e.getLocation().getLineNr(), "not " + what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number() {
        return rows.getParser().currentLocation().getLineNr();
    }

    /** The lines that are left; it must be closed. */
    Stream<Line> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false);
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
