package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

/** The lines of a CSV file (RFC 4180) whose first line has the names of its columns. */
final class CsvLines implements TextLines {

    private static final CsvMapper CSV = CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.IGNORE_TRAILING_UNMAPPABLE).build();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final CsvColumns columns;
    private final MappingIterator<Map<String, String>> rows;
    private InputLine next;

    CsvLines(Path file, CsvColumns columns) throws IOException {
        this.file = file;
        this.columns = columns;
        InputStreamReader text = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        try {
            this.rows = CSV.readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader()).readValues(text);
        } catch (CharacterCodingException e) {
            throw new InputException(file, 1, "not UTF-8, in this line or soon after it");
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
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

    private InputLine read() {
        long number = number();
        try {
            return rows.hasNextValue() ? line(number, rows.nextValue()) : null;
        } catch (CharacterCodingException e) {
            throw new InputException(file, number, "not UTF-8, in this line or soon after it");
        } catch (JsonProcessingException e) {
            throw new InputException(file, e.getLocation() == null ? number : e.getLocation().getLineNr(),
                    "not CSV: a quote is not closed, or stands within a value");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.getFileName() + " after line " + number, e);
        }
    }

    /** Of the line that the next row begins in. */
    private long number() {
        return rows.getParser().currentLocation().getLineNr();
    }

    private InputLine line(long number, Map<String, String> row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", value(number, row, columns.id()));
        json.put("text", value(number, row, columns.text()));
        return new InputLine(file, number, json);
    }

    private String value(long number, Map<String, String> row, String column) {
        String value = row.getOrDefault(column, row.get(BYTE_ORDER_MARK + column));
        if (value == null) {
            throw new InputException(file, number, "no column \"%s\"; there are %s. Choose with --csv ID,TEXT".formatted(column,
                    String.join(", ", row.keySet())));
        }
        return value;
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
