package io.quarkiverse.openai.batch.benchmarks.run;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;

/**
 * One run of a task.
 *
 * @param nanos on the clock
 * @param cpuNanos of all threads of the contestant's process
 */
record Sample(long nanos, long cpuNanos, Tally tally) {

    static Sample parse(String line) {
        String[] parts = line.split(" ");
        return new Sample(Long.parseLong(parts[0]), Long.parseLong(parts[1]),
                new Tally(Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])));
    }
}
