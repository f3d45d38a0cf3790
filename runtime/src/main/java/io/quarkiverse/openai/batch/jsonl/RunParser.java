package io.quarkiverse.openai.batch.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Parses line after line with one Jackson parser over the whole buffer that they stand in: a parser for each line costs as much
 * as parsing half of it. A value that does not end within its line is refused, and the parser with it.
 */
final class RunParser implements Closeable {

    private final FieldOrder order = new FieldOrder();

    private LineJsonParser parser;
    private byte[] buffer;
    private long moves;
    private int end;

    /** A parser before the line's first token. */
    LineJsonParser enter(LineReader line) {
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

    /** Whether the value that the parser has just ended is all there is in the line. */
    boolean leave(LineReader line) {
        return parser.position() <= line.to() && LineReader.isBlank(buffer, parser.position(), line.to());
    }

    /** Gives the parser up: the next line gets another. */
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
