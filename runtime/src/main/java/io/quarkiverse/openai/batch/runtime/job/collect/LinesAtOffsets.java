package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads lines of a file by their offsets, in any order; those that follow each other are read together. */
final class LinesAtOffsets implements Closeable {

    private static final int FIRST_BYTES = 1 << 12;
    private static final int BYTES_IN_ORDER = 1 << 16;

    private final FileChannel file;
    /** The bytes of the file from an offset on. */
    private byte[] bytes = new byte[FIRST_BYTES];
    private long begin;
    private int size;
    private long behindLast;

    LinesAtOffsets(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The line that begins at an offset, without its newline. */
    byte[] read(long offset) throws IOException {
        if (offset < begin || offset >= begin + size) {
            begin = offset;
            size = 0;
        }
        int from = (int) (offset - begin);
        int end = indexOfNewline(from);
        while (end < 0) {
            if (from > 0) {
                System.arraycopy(bytes, from, bytes, 0, size - from);
                size -= from;
                begin = offset;
                from = 0;
            }
            int scanned = size;
            boolean more = fill(offset == behindLast);
            end = more ? indexOfNewline(scanned) : size;
        }
        behindLast = begin + end + 1;
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** -1 if there is none. */
    private int indexOfNewline(int from) {
        for (int i = from; i < size; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads on; false at the end of the file. */
    private boolean fill(boolean inOrder) throws IOException {
        int wanted = Math.max(inOrder ? BYTES_IN_ORDER : FIRST_BYTES, size * 2);
        bytes = wanted > bytes.length ? Arrays.copyOf(bytes, wanted) : bytes;
        int read = file.read(ByteBuffer.wrap(bytes, size, wanted - size), begin + size);
        size += Math.max(0, read);
        return read >= 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
