package io.quarkiverse.openai.batch.benchmarks.run;

/**
 * The peak memory of a process, in bytes.
 *
 * @param limit of the heap
 * @param heapAfterCollection the largest heap after a collection
 * @param residentSet of the process; 0 if unknown
 */
record Memory(String limit, long heapAfterCollection, long residentSet) {

    static Memory parse(String limit, String line) {
        String[] parts = line.split(" ");
        return new Memory(limit, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
