package io.quarkiverse.openai.batch.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultDecoder;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineReader;

/**
 * Reads the lines of a file as bytes, in one buffer that grows to the longest line within the bound. Blank lines are lines too.
 *
 * <pre>{@code
 * try (RawLines lines = RawLines.of(file)) {
 *     while (lines.next()) {
 *         if (!lines.isBlank()) {
 *             lines.writeTo(out);
 *         }
 *     }
 * }
 * }</pre>
 *
 * For one thread at a time.
 */
public final class RawLines implements Closeable {

    private final LineReader lines;
    private final ResultDecoder results = new ResultDecoder(true);

    private RawLines(InputStream in, String file, int maxLineBytes) {
        this.lines = new LineReader(in, file, maxLineBytes);
    }

    /** The lines of a file, each of at most 64 MiB, or an eighth of the maximum heap if that is less. */
    public static RawLines of(Path file) throws IOException {
        return of(file, LineReader.defaultMaxLineBytes());
    }

    /** The lines of a file, each of a bounded length. */
    public static RawLines of(Path file, int maxLineBytes) throws IOException {
        return new RawLines(Files.newInputStream(file), file.getFileName().toString(), maxLineBytes);
    }

    /** The lines of a stream, as {@link #of(Path)}. The stream is closed with the lines. */
    public static RawLines of(InputStream in) {
        return of(in, LineReader.defaultMaxLineBytes());
    }

    /** The lines of a stream, each of a bounded length. The stream is closed with the lines. */
    public static RawLines of(InputStream in, int maxLineBytes) {
        return new RawLines(in, null, maxLineBytes);
    }

    /**
     * Moves to the next line.
     *
     * @return false at the end
     */
    public boolean next() throws IOException {
        return lines.next();
    }

    /** The position of the current line. */
    public LinePosition position() {
        return lines.position();
    }

    /** The number of bytes of the current line, without its newline. */
    public long length() {
        return lines.length();
    }

    /** Whether the current line has nothing but spaces, tabs and carriage returns. */
    public boolean isBlank() {
        return lines.isBlank();
    }

    /**
     * A copy of the current line, without its newline.
     *
     * @throws JsonlException if the line is longer than the bound
     */
    public byte[] bytes() {
        checkLength();
        return lines.copy();
    }

    /** The current line as a result line; {@link Outcome#MALFORMED} if it is none, or longer than the bound. */
    public BatchResult result() {
        return new BatchResult(results.decode(lines));
    }

    /**
     * Writes the current line with a newline.
     *
     * @throws JsonlException if the line is longer than the bound
     */
    public void writeTo(OutputStream out) throws IOException {
        checkLength();
        out.write(lines.buffer(), lines.from(), lines.to() - lines.from());
        out.write('\n');
    }

    private void checkLength() {
        if (lines.tooLong() != null) {
            throw new JsonlException(position() + " is " + lines.tooLong());
        }
    }

    @Override
    public void close() throws IOException {
        results.close();
        lines.close();
    }
}
