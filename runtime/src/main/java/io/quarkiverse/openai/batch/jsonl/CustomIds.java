package io.quarkiverse.openai.batch.jsonl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of custom ids in the order of adding. An id takes 13 to 19 bytes however long it is: 64 bits of its SHA-256 are kept.
 * Two of 4,000,000 different ids have the same 64 bits with a probability of 1 in 2,000,000. For one thread at a time.
 */
public final class CustomIds {

    private static final int BLOCK_BITS = 12;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final MessageDigest digest = Sha256.digest();
    private final List<long[]> hashes = new ArrayList<>();

    /** Open addressing: the ordinal of an id plus 1, or 0. */
    private int[] slots = new int[BLOCK];
    private int size;

    /** Adds an id; false if it is in the set already. */
    public boolean add(String id) {
        if (size >= slots.length - (slots.length >> 2)) {
            grow();
        }
        long hash = hash(id);
        int slot = slot(hash);
        if (slots[slot] != 0) {
            return false;
        }
        if ((size & BLOCK - 1) == 0) {
            hashes.add(new long[BLOCK]);
        }
        hashes.get(size >> BLOCK_BITS)[size & BLOCK - 1] = hash;
        slots[slot] = ++size;
        return true;
    }

    /** Returns the ordinal of an id, counted from 0; -1 if it is not in the set. */
    public int find(String id) {
        return slots[slot(hash(id))] - 1;
    }

    /** The number of ids. */
    public int size() {
        return size;
    }

    private long hash(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private long hashOf(int ordinal) {
        return hashes.get(ordinal >> BLOCK_BITS)[ordinal & BLOCK - 1];
    }

    /** The slot of a hash, or the empty one where it belongs. */
    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && hashOf(slots[slot] - 1) != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int slot = (int) hashOf(ordinal) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = ordinal + 1;
        }
    }
}
