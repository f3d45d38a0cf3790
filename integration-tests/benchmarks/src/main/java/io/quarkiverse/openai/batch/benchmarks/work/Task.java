package io.quarkiverse.openai.batch.benchmarks.work;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;

/** A measured task. */
@FunctionalInterface
public interface Task {

    Tally run() throws Exception;

    /** What must be done before it, and is not measured. */
    default void prepare() throws Exception {
    }
}
