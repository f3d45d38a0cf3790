package io.quarkiverse.openai.batch.benchmarks.work;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;

/** What is measured. */
@FunctionalInterface
public interface Task {

    Tally run() throws Exception;
}
