package io.quarkiverse.openai.batch.benchmarks.run;

/**
 * What a process needed at most, in bytes.
 *
 * @param limit of the heap
 * @param heapAfterCollection what the heap held after its collections
 * @param residentSet of the process; 0 if unknown
 */
record Memory(String limit, long heapAfterCollection, long residentSet) {

    static Memory parse(String limit, String line) {
        String[] parts = line.split(" ");
        return new Memory(limit, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
