package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/**
 * Tells whether an id came before, with less than 8 bytes of memory an id. After 4,000,000 ids these move to a temporary file,
 * which is gone when the set is closed. 62 bits of the SHA-256 of an id are kept: two of 4,000,000 different ids have the same
 * ones with a probability of 1 in 500,000.
 */
final class SeenIds implements Closeable {

    private static final int MOST_IN_MEMORY = 4_000_000;
    private static final int BUCKET_BITS = 14;
    private static final int BUCKETS = 1 << BUCKET_BITS;

    private final MessageDigest digest = Sha256.digest();
    private final Supplier<Path> temporary;
    private final int mostInMemory;
    /** Of each bucket, the bits behind those that say which bucket it is. */
    private final int[][] heads = new int[BUCKETS][];
    private final short[][] tails = new short[BUCKETS][];
    private final int[] sizes = new int[BUCKETS];
    private final List<int[]> runs = new ArrayList<>();
    private FileChannel file;
    private ByteBuffer part = ByteBuffer.allocate(1 << 13);
    private int size;

    /**
     * @param temporary makes the temporary file; null for one of the system's
     */
    SeenIds(Supplier<Path> temporary) {
        this(temporary, MOST_IN_MEMORY);
    }

    SeenIds(Supplier<Path> temporary, int mostInMemory) {
        this.temporary = temporary;
        this.mostInMemory = mostInMemory;
    }

    /** Adds an id; false if it came before. */
    boolean add(String id) {
        long hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
        int bucket = (int) (hash >>> Long.SIZE - BUCKET_BITS);
        int head = (int) (hash >>> Short.SIZE);
        short tail = (short) hash;
        if (isInMemory(bucket, head, tail) || isInFile(bucket, key(head, tail))) {
            return false;
        }
        if (size == mostInMemory) {
            moveToFile();
        }
        int at = sizes[bucket]++;
        if (heads[bucket] == null) {
            heads[bucket] = new int[2];
            tails[bucket] = new short[2];
        } else if (at == heads[bucket].length) {
            int more = Math.max(at + 2, at + at / 5);
            heads[bucket] = Arrays.copyOf(heads[bucket], more);
            tails[bucket] = Arrays.copyOf(tails[bucket], more);
        }
        heads[bucket][at] = head;
        tails[bucket][at] = tail;
        size++;
        return true;
    }

    private static long key(int head, short tail) {
        return (long) head << Short.SIZE | tail & 0xFFFF;
    }

    private boolean isInMemory(int bucket, int head, short tail) {
        int[] all = heads[bucket];
        for (int i = sizes[bucket] - 1; i >= 0; i--) {
            if (all[i] == head && tails[bucket][i] == tail) {
                return true;
            }
        }
        return false;
    }

    /** A run of the file has bucket after bucket. */
    private boolean isInFile(int bucket, long key) {
        for (int run = 0; run < runs.size(); run++) {
            int from = runs.get(run)[bucket];
            int length = (runs.get(run)[bucket + 1] - from) * Long.BYTES;
            part = part.capacity() < length ? ByteBuffer.allocate(length) : part;
            part.clear().limit(length);
            read(((long) run * mostInMemory + from) * Long.BYTES);
            for (part.flip(); part.hasRemaining();) {
                if (part.getLong() == key) {
                    return true;
                }
            }
        }
        return false;
    }

    private void read(long position) {
        try {
            while (part.hasRemaining()) {
                if (file.read(part, position + part.position()) < 0) {
                    throw new IOException("The temporary file of ids was cut");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moveToFile() {
        int[] starts = new int[BUCKETS + 1];
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        try {
            file = file == null ? create() : file;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                starts[bucket + 1] = starts[bucket] + sizes[bucket];
                for (int i = 0; i < sizes[bucket]; i++) {
                    if (!out.hasRemaining()) {
                        write(out);
                    }
                    out.putLong(key(heads[bucket][i], tails[bucket][i]));
                }
                sizes[bucket] = 0;
            }
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runs.add(starts);
        size = 0;
    }

    private FileChannel create() throws IOException {
        Path ids = temporary == null ? Files.createTempFile("openai-batch-ids-", null) : temporary.get();
        return FileChannel.open(ids, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private void write(ByteBuffer out) throws IOException {
        for (out.flip(); out.hasRemaining();) {
            file.write(out);
        }
        out.clear();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
