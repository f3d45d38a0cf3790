package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongSupplier;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/**
 * Copies the content of a file to disk: no more than a number of bytes, no slower than a least rate, and not into the reserve
 * of the disk.
 */
final class BoundedCopy {

    /** A content that keeps to this rate is read to its end, however long that takes. */
    private static final long LEAST_BYTES = 60_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** The disk is looked at whenever so many bytes were written. */
    private static final long STRIDE = 8 << 20;
    private static final long RESERVE = 64 << 20;
    private static final int RESERVED_PART = 20;

    private final LongSupplier nanos;
    private final LongSupplier room;

    /**
     * @param nanos a monotonic clock
     * @param room the bytes of the disk that can be used, beyond its reserve
     */
    BoundedCopy(LongSupplier nanos, LongSupplier room) {
        this.nanos = nanos;
        this.room = room;
    }

    static BoundedCopy to(Path file) {
        return new BoundedCopy(System::nanoTime, () -> roomBeside(file));
    }

    /** Beyond 64 MB or a twentieth of the disk, whichever is less. */
    private static long roomBeside(Path file) {
        try {
            FileStore disk = Files.getFileStore(file.toAbsolutePath().getParent());
            return disk.getUsableSpace() - Math.min(RESERVE, disk.getTotalSpace() / RESERVED_PART);
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * @param bytes number of bytes; one more than asked for if there are more
     * @param sha256 of them, in hexadecimal
     */
    record Copied(long bytes, String sha256) {
    }

    /**
     * @param most how many bytes are asked for; one more is read
     * @throws IOException if the content breaks off, comes too slowly, or fills the disk
     */
    Copied copy(InputStream content, FileChannel out, long most) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        long looked = -STRIDE;
        long windowBytes = 0;
        long windowBegin = nanos.getAsLong();
        while (bytes <= most) {
            if (bytes - looked >= STRIDE) {
                requireRoom();
                looked = bytes;
            }
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, most - bytes + 1));
            if (read < 0) {
                break;
            }
            digest.update(buffer, 0, read);
            for (ByteBuffer part = ByteBuffer.wrap(buffer, 0, read); part.hasRemaining();) {
                out.write(part);
            }
            bytes += read;
            windowBytes += read;
            long now = nanos.getAsLong();
            if (now - windowBegin >= WINDOW.toNanos()) {
                requireRate(windowBytes);
                windowBegin = now;
                windowBytes = 0;
            }
        }
        return new Copied(bytes, Sha256.hex(digest));
    }

    private static void requireRate(long bytes) throws IOException {
        if (bytes < LEAST_BYTES) {
            throw new IOException("The download is too slow: %d bytes came in a minute".formatted(bytes));
        }
    }

    private void requireRoom() throws IOException {
        if (room.getAsLong() <= 0) {
            throw new IOException("The disk of the jobs is full up to its reserve. Make room on it");
        }
    }
}
