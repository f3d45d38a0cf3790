package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/** A buffered channel that digests what passes. */
public final class LineOutput {

    private static final int BUFFER_BYTES = 256 << 10;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final MessageDigest digest = Sha256.digest();

    public LineOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    public void write(byte[] line, int length) throws IOException {
        for (int written = 0; written < length;) {
            int count = Math.min(buffer.remaining(), length - written);
            buffer.put(line, written, count);
            written += count;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    public void flush() throws IOException {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** In hexadecimal, of what has been flushed; to be asked for once. */
    public String sha256() {
        return Sha256.hex(digest);
    }
}
