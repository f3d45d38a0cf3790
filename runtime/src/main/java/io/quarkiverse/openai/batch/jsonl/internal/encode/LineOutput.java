package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.IntSupplier;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/**
 * Buffers lines and digests them. A file is open only while a full buffer is written, so that any number can be in the making.
 */
public final class LineOutput {

    public static final int MOST_BYTES = 256 << 10;

    private static final int FIRST_BYTES = 4 << 10;

    private final WritableByteChannel channel;
    private final Path path;
    private final IntSupplier most;
    private final MessageDigest digest = Sha256.digest();
    private byte[] buffer = new byte[FIRST_BYTES];
    private int size;

    /**
     * @param channel where to write; null for the file
     * @param path the file
     * @param most how large the buffer may become
     */
    public LineOutput(WritableByteChannel channel, Path path, IntSupplier most) {
        this.channel = channel;
        this.path = path;
        this.most = most;
    }

    public void write(byte[] line, int length) throws IOException {
        for (int written = 0; written < length;) {
            if (size == buffer.length) {
                growOrFlush();
            }
            int count = Math.min(buffer.length - size, length - written);
            System.arraycopy(line, written, buffer, size, count);
            size += count;
            written += count;
        }
    }

    private void growOrFlush() throws IOException {
        if (buffer.length * 2 <= most.getAsInt()) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
            flush();
        }
    }

    public void flush() throws IOException {
        if (channel == null) {
            try (WritableByteChannel file = Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                writeTo(file);
            }
        } else {
            writeTo(channel);
        }
        digest.update(buffer, 0, size);
        size = 0;
    }

    private void writeTo(WritableByteChannel out) throws IOException {
        for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, size); bytes.hasRemaining();) {
            out.write(bytes);
        }
    }

    /** In hexadecimal, of what has been flushed; to be asked for once. */
    public String sha256() {
        return Sha256.hex(digest);
    }
}
