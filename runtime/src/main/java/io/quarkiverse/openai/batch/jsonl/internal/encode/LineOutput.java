package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A buffered channel that digests what passes. */
public final class LineOutput {

    private static final int BUFFER_BYTES = 256 << 10;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final MessageDigest digest = sha256Digest();

    LineOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    void write(byte[] line, int length) throws IOException {
        for (int written = 0; written < length;) {
            int count = Math.min(buffer.remaining(), length - written);
            buffer.put(line, written, count);
            written += count;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    void flush() throws IOException {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** In hexadecimal, of what has been flushed; to be asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
