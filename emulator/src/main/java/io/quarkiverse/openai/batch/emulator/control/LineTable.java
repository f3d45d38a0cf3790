package io.quarkiverse.openai.batch.emulator.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.quarkiverse.openai.batch.emulator.control.Ledger.Payment;

/**
 * Lines by two hashes: columns of primitives, since objects would take ten times the memory. A line's number never changes. The
 * index is open addressing by the hash of the custom_id alone, so lines of one custom_id are found together.
 */
final class LineTable {

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int NONE = -1;

    private int size;
    private long[] idHashes = new long[FIRST_CAPACITY];
    private long[] bodyHashes = new long[FIRST_CAPACITY];
    private int[] firstBatches = new int[FIRST_CAPACITY];
    private int[] paid = new int[FIRST_CAPACITY];
    private int[] undelivered = new int[FIRST_CAPACITY];
    private int[] unpaid = new int[FIRST_CAPACITY];
    private int[] index = newIndex(2 * FIRST_CAPACITY);

    int size() {
        return size;
    }

    /** The number of a line; a new one if it is not there yet. */
    int find(long idHash, long bodyHash) {
        int slot = slot(idHash);
        while (index[slot] != NONE) {
            int line = index[slot];
            if (idHashes[line] == idHash && bodyHashes[line] == bodyHash) {
                return line;
            }
            slot = next(slot);
        }
        return add(slot, idHash, bodyHash);
    }

    private int add(int slot, long idHash, long bodyHash) {
        index[slot] = size;
        idHashes[size] = idHash;
        bodyHashes[size] = bodyHash;
        firstBatches[size] = NONE;
        int line = size++;
        if (size == idHashes.length) {
            grow();
        }
        return line;
    }

    /** The numbers of all lines of a custom_id. */
    List<Integer> all(long idHash) {
        List<Integer> lines = new ArrayList<>();
        for (int slot = slot(idHash); index[slot] != NONE; slot = next(slot)) {
            if (idHashes[index[slot]] == idHash) {
                lines.add(index[slot]);
            }
        }
        return lines;
    }

    /** Counts an execution; returns how often the line is paid now. */
    int enter(int line, Payment payment) {
        if (payment == Payment.UNPAID) {
            unpaid[line]++;
        } else {
            paid[line]++;
        }
        if (payment == Payment.PAID_UNDELIVERED) {
            undelivered[line]++;
        }
        return paid[line];
    }

    int count(int line, Payment payment) {
        return switch (payment) {
            case PAID -> paid[line];
            case PAID_UNDELIVERED -> undelivered[line];
            default -> unpaid[line];
        };
    }

    /** Notes the first batch of a line; false if it had one. */
    boolean enterFirstBatch(int line, int batch) {
        if (firstBatches[line] != NONE) {
            return false;
        }
        firstBatches[line] = batch;
        return true;
    }

    int firstBatch(int line) {
        return firstBatches[line];
    }

    long bodyHash(int line) {
        return bodyHashes[line];
    }

    private int slot(long idHash) {
        return (int) idHash & index.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & index.length - 1;
    }

    private void grow() {
        int capacity = 2 * size;
        idHashes = Arrays.copyOf(idHashes, capacity);
        bodyHashes = Arrays.copyOf(bodyHashes, capacity);
        firstBatches = Arrays.copyOf(firstBatches, capacity);
        paid = Arrays.copyOf(paid, capacity);
        undelivered = Arrays.copyOf(undelivered, capacity);
        unpaid = Arrays.copyOf(unpaid, capacity);
        index = newIndex(2 * capacity);
        for (int line = 0; line < size; line++) {
            int slot = slot(idHashes[line]);
            while (index[slot] != NONE) {
                slot = next(slot);
            }
            index[slot] = line;
        }
    }

    private static int[] newIndex(int capacity) {
        int[] index = new int[capacity];
        Arrays.fill(index, NONE);
        return index;
    }
}
