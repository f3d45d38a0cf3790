package io.quarkiverse.openai.batch.runtime.job.directory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/** Where requests are, by their custom ids: at most 32 bytes of memory an id. An id may have several places to look at. */
final class PlacesOfIds {

    private static final int SMALLEST = 1 << 10;

    /** 0 for none; so is no place. */
    private long[] places = new long[SMALLEST];
    private long[] hashes = new long[SMALLEST];
    private int size;

    static long hash(String customId) {
        byte[] digest = Sha256.digest().digest(customId.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int n = 0; n < Long.BYTES; n++) {
            hash = hash << Byte.SIZE | digest[n] & 0xFF;
        }
        return hash;
    }

    /**
     * @param place not 0
     * @param isKept tells places that are no longer needed, when room is made
     */
    void put(long hash, long place, LongPredicate isKept) {
        if (2 * (size + 1) > places.length) {
            makeRoom(isKept);
        }
        insert(hash, place);
    }

    private void insert(long hash, long place) {
        int slot = slot(hash);
        while (places[slot] != 0) {
            slot = slot + 1 & places.length - 1;
        }
        hashes[slot] = hash;
        places[slot] = place;
        size++;
    }

    private int slot(long hash) {
        return (int) hash & places.length - 1;
    }

    private void makeRoom(LongPredicate isKept) {
        long[] oldPlaces = places;
        long[] oldHashes = hashes;
        int kept = (int) Arrays.stream(oldPlaces).filter(place -> place != 0 && isKept.test(place)).count();
        int length = Math.max(SMALLEST, Integer.highestOneBit(3 * (kept + 1)) << 1);
        places = new long[length];
        hashes = new long[length];
        size = 0;
        for (int n = 0; n < oldPlaces.length; n++) {
            if (oldPlaces[n] != 0 && isKept.test(oldPlaces[n])) {
                insert(oldHashes[n], oldPlaces[n]);
            }
        }
    }

    /**
     * Looks at the places of a hash until something is found.
     *
     * @param look 0 for not found
     * @return 0 if nothing was found
     */
    long find(long hash, LongUnaryOperator look) {
        for (int slot = slot(hash); places[slot] != 0; slot = slot + 1 & places.length - 1) {
            long found = hashes[slot] == hash ? look.applyAsLong(places[slot]) : 0;
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }
}
