package io.quarkiverse.openai.batch.runtime.job.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The custom_ids of a job, as 64-bit digests in an open-addressing table: about 11 to 22 bytes an id. Among 100 million ids two
 * different ones have the same digest with a probability of 0.0003.
 */
public final class CustomIds {

    private static final double FILL = 0.75;

    private final MessageDigest digest;
    private long[] table = new long[1 << 12];
    private int size;

    public CustomIds() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether the id is new. */
    public boolean add(String id) {
        if (size >= table.length * FILL) {
            grow();
        }
        long hash = hash(id);
        int slot = slot(table, hash);
        if (table[slot] == hash) {
            return false;
        }
        table[slot] = hash;
        size++;
        return true;
    }

    private long hash(String id) {
        long hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
        return hash == 0 ? 1 : hash;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long hash : table) {
            if (hash != 0) {
                larger[slot(larger, hash)] = hash;
            }
        }
        table = larger;
    }

    /** The slot of a hash, or the empty one where it belongs. */
    private static int slot(long[] slots, long hash) {
        int mask = slots.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
