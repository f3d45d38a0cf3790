package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.quarkiverse.openai.batch.jsonl.LinePosition;

/**
 * Cuts a stream of bytes into lines at {@code \n}, in one buffer that grows to the longest line within the bound and no
 * further. The current line is {@code buffer[from, to)}, valid until the next call of {@link #next()}.
 */
public final class LineReader implements Line, Closeable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final InputStream in;
    private final String file;
    private final int maxLineBytes;

    private byte[] buffer = new byte[BUFFER_BYTES];
    private int end;
    private int next;
    private long bufferOffset;
    private long moves;
    private boolean atEnd;

    private int from;
    private int to;
    private long number;
    private long offset;
    private long length;
    private boolean byteOrderMark;

    /**
     * @param file its name; null if it is a stream
     */
    public LineReader(InputStream in, String file, int maxLineBytes) {
        this.file = file;
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** 64 MiB, or an eighth of the heap; not a constant, which a native image would take from the machine that built it. */
    public static int defaultMaxLineBytes() {
        return (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
    }

    /** Moves to the next line, blank ones included; false at the end. */
    public boolean next() throws IOException {
        from = next;
        int newline = find(from);
        if (newline < 0 && from == end) {
            return false;
        }
        number++;
        offset = bufferOffset + from;
        if (newline < 0 && end - from > maxLineBytes) {
            skipRest();
            return true;
        }
        to = newline < 0 ? end : newline;
        next = newline < 0 ? end : newline + 1;
        length = to - from;
        if (number == 1) {
            skipByteOrderMark();
        }
        return true;
    }

    /** The index of the newline that ends the line at {@link #from}, or -1 if the end or the bound comes first. */
    private int find(int start) throws IOException {
        int scanned = start;
        while (true) {
            int newline = indexOfNewline(buffer, scanned, end);
            if (newline >= 0) {
                return newline;
            }
            scanned = end - from;
            if (end - from > maxLineBytes || !fill()) {
                return -1;
            }
            scanned += from;
        }
    }

    /** The line is longer than the bound: its bytes are counted and dropped. */
    private void skipRest() throws IOException {
        long dropped = end - from;
        int newline;
        do {
            moves++;
            bufferOffset += end;
            from = to = end = 0;
            newline = fill() ? indexOfNewline(buffer, 0, end) : 0;
            dropped += newline < 0 ? end : newline;
        } while (newline < 0);
        next = Math.min(end, newline + 1);
        length = dropped;
    }

    private boolean fill() throws IOException {
        if (atEnd) {
            return false;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        int count = in.read(buffer, end, buffer.length - end);
        atEnd = count < 0;
        end += Math.max(0, count);
        return !atEnd;
    }

    private void makeRoom() {
        int used = end - from;
        int size = used <= buffer.length / 2 ? buffer.length
                : (int) Math.min(buffer.length * 2L, maxLineBytes + (long) BUFFER_BYTES);
        byte[] target = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, from, target, 0, used);
        buffer = target;
        moves++;
        bufferOffset += from;
        end = used;
        from = 0;
    }

    private void skipByteOrderMark() {
        byteOrderMark = length >= 3 && buffer[from] == (byte) 0xEF && buffer[from + 1] == (byte) 0xBB
                && buffer[from + 2] == (byte) 0xBF;
        if (byteOrderMark) {
            from += 3;
            offset += 3;
            length -= 3;
        }
    }

    public static int indexOfNewline(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i) ^ NEWLINES;
            long match = (word - ONES) & ~word & HIGH_BITS;
            if (match != 0) {
                return i + (Long.numberOfTrailingZeros(match) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long moves() {
        return moves;
    }

    @Override
    public LinePosition position() {
        return new LinePosition(file, number, offset);
    }

    @Override
    public String tooLong() {
        return length > maxLineBytes ? "longer than " + maxLineBytes + " bytes: " + length : null;
    }

    /** Counted from 1. */
    public long number() {
        return number;
    }

    /** In bytes, without the newline. */
    public long length() {
        return length;
    }

    /** Of the stream, up to the current line's end. */
    public long bytesRead() {
        return bufferOffset + next;
    }

    /** Whether the stream began with the UTF-8 byte order mark, which is no part of the first line. */
    public boolean hasByteOrderMark() {
        return byteOrderMark;
    }

    /** Whether there is nothing but white space in the line. */
    public boolean isBlank() {
        return length <= maxLineBytes && isBlank(from);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
