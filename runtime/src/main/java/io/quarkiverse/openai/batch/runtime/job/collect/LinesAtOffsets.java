package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads lines of a file by their offsets, in any order. */
final class LinesAtOffsets implements Closeable {

    private static final int FIRST_BYTES = 1 << 12;

    private final FileChannel file;

    LinesAtOffsets(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The line that begins at an offset, without its newline. */
    byte[] read(long offset) throws IOException {
        byte[] bytes = new byte[FIRST_BYTES];
        int read = 0;
        while (true) {
            int more = file.read(ByteBuffer.wrap(bytes, read, bytes.length - read), offset + read);
            int end = read;
            read += Math.max(0, more);
            while (end < read && bytes[end] != '\n') {
                end++;
            }
            if (end < read || more < 0) {
                return Arrays.copyOf(bytes, end);
            }
            bytes = read == bytes.length ? Arrays.copyOf(bytes, bytes.length * 2) : bytes;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
