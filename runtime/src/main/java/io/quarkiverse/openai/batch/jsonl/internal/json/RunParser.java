package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.internal.read.Line;

/**
 * Parses line after line with one Jackson parser over the whole buffer that they stand in: to make one for each line takes as
 * long as parsing half of it. After a line that is not one object, and nothing else, the next gets another parser.
 */
public final class RunParser implements Closeable {

    private final FieldOrder order = new FieldOrder();

    private LineJsonParser parser;
    private byte[] buffer;
    private long moves;
    private int end;

    /** Whether the line is one JSON object, which the fields have then read; why it is none, {@link #readAlone} tells. */
    public boolean read(Line line, LineFields fields) {
        try {
            LineJsonParser p = enter(line);
            if (p.nextToken() == JsonToken.START_OBJECT) {
                fields.read(p);
                if (p.position() <= line.to() && line.isBlank(p.position())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // the parser may have gone on into the next line: the line by itself is decisive
        }
        close();
        return false;
    }

    private LineJsonParser enter(Line line) {
        if (parser == null || line.buffer() != buffer || line.moves() != moves || line.to() > end) {
            close();
            buffer = line.buffer();
            moves = line.moves();
            end = line.end();
            parser = LineJsonParser.of(buffer, line.from(), end).expecting(order);
        }
        order.startLine();
        return parser;
    }

    /** Null, or why the bytes are not one JSON object. */
    public static String readAlone(byte[] line, LineFields fields) {
        try (LineJsonParser p = LineJsonParser.of(line, 0, line.length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            fields.read(p);
            return p.nextToken() == null ? null : "more than one JSON value";
        } catch (IOException e) {
            return Malformed.reason(e, line, 0, line.length);
        }
    }

    @Override
    public void close() {
        if (parser == null) {
            return;
        }
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException("There is nothing to close but memory", e);
        }
        parser = null;
    }
}
