package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

import io.quarkiverse.openai.batch.jsonl.internal.encode.LineOutput;

/**
 * The custom ids of a file, each with its ordinal in the order of adding. Of an id 128 bits of its SHA-256 are kept, so that it
 * takes 40 to 80 bytes however long it is; that two of 50,000 ids share them has a chance of 1 in 10^29.
 */
public final class IdTable {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final MessageDigest digest = LineOutput.sha256Digest();
    private long[] hashes = new long[2 * FIRST_CAPACITY];
    private int[] ordinals = new int[FIRST_CAPACITY];
    private int size;

    /** The ordinal of an id, counted from 0; -1 if it is not in the table. */
    public int find(String id) {
        ByteBuffer hash = hash(id);
        return ordinals[slot(hash.getLong(0), hash.getLong(8))] - 1;
    }

    /** Adds an id if it is not in the table; gives its ordinal. That it was there shows in that the size is the same. */
    public int add(String id) {
        if (size * 2 >= ordinals.length) {
            grow();
        }
        ByteBuffer hash = hash(id);
        return add(hash.getLong(0), hash.getLong(8), size + 1) - 1;
    }

    public int size() {
        return size;
    }

    private int add(long high, long low, int ordinal) {
        int slot = slot(high, low);
        if (ordinals[slot] == 0) {
            hashes[2 * slot] = high;
            hashes[2 * slot + 1] = low;
            ordinals[slot] = ordinal;
            size++;
        }
        return ordinals[slot];
    }

    private int slot(long high, long low) {
        int mask = ordinals.length - 1;
        int slot = (int) high & mask;
        while (ordinals[slot] != 0 && (hashes[2 * slot] != high || hashes[2 * slot + 1] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldOrdinals = ordinals;
        hashes = new long[oldHashes.length * 2];
        ordinals = new int[oldOrdinals.length * 2];
        size = 0;
        for (int slot = 0; slot < oldOrdinals.length; slot++) {
            if (oldOrdinals[slot] != 0) {
                add(oldHashes[2 * slot], oldHashes[2 * slot + 1], oldOrdinals[slot]);
            }
        }
    }

    private ByteBuffer hash(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Grows an array that is indexed by ordinals. */
    public static long[] withRoom(long[] array, int ordinal) {
        return ordinal < array.length ? array : Arrays.copyOf(array, Math.max(FIRST_CAPACITY, ordinal * 2));
    }
}
