package io.quarkiverse.openai.batch.emulator.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line from any position, holding one line and one block of it in memory. */
public final class LineReader implements Closeable {

    private static final int BLOCK = 1 << 16;

    private final SeekableByteChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
    private final int maxLineBytes;
    private long position;

    public LineReader(Path path, long position, int maxLineBytes) throws IOException {
        this.channel = Files.newByteChannel(path).position(position);
        this.position = position;
        this.maxLineBytes = maxLineBytes;
    }

    /** Where the next line begins. */
    long position() {
        return position;
    }

    /**
     * The next line without its line feed, or null at the end.
     *
     * @throws LineTooLongException if it has more bytes than allowed; the file cannot be read on then
     */
    public byte[] next() throws IOException {
        byte[] line = new byte[0];
        while (fill()) {
            int length = lengthOfLine();
            boolean whole = length < block.remaining();
            if (line.length + length > maxLineBytes) {
                throw new LineTooLongException();
            }
            int before = line.length;
            line = Arrays.copyOf(line, before + length);
            block.get(line, before, length);
            position += length;
            if (whole) {
                block.get();
                position++;
                return line;
            }
        }
        return line.length == 0 ? null : line;
    }

    private boolean fill() throws IOException {
        if (block.hasRemaining()) {
            return true;
        }
        int read = channel.read(block.clear());
        block.flip();
        return read > 0;
    }

    private int lengthOfLine() {
        byte[] bytes = block.array();
        int end = block.position();
        while (end < block.limit() && bytes[end] != '\n') {
            end++;
        }
        return end - block.position();
    }

    public static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
