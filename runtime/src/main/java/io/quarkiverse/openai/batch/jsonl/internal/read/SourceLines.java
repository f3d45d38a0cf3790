package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.JsonlException;

/** The lines of several sources as one sequence, each opened when the one before it has ended; blank lines are passed over. */
public final class SourceLines implements Closeable {

    private final Iterator<Source> sources;
    private final int maxLineBytes;

    private Source source;
    private LineReader lines;
    private boolean closed;

    public SourceLines(List<Source> sources, int maxLineBytes) {
        this.sources = sources.iterator();
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Moves to the next line; false at the end, or once closed.
     *
     * @throws JsonlException if reading fails
     */
    boolean next() {
        try {
            while (!closed && (lines != null || openNext())) {
                while (lines.next()) {
                    if (!lines.isBlank()) {
                        return true;
                    }
                }
                lines.close();
                lines = null;
            }
            return false;
        } catch (IOException e) {
            throw new JsonlException("Cannot read " + place() + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private boolean openNext() throws IOException {
        if (!sources.hasNext()) {
            return false;
        }
        source = sources.next();
        lines = new LineReader(source.open(), source.name(), maxLineBytes);
        return true;
    }

    private String place() {
        String name = source.name() == null ? "the stream" : source.name();
        return lines == null ? name : name + " after line " + lines.number();
    }

    Line line() {
        return lines;
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (lines != null) {
                lines.close();
            }
            while (sources.hasNext()) {
                sources.next().discard();
            }
        } catch (IOException e) {
            throw new JsonlException("Cannot close " + place() + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
