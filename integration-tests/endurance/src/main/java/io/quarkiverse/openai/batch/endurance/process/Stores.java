package io.quarkiverse.openai.batch.endurance.process;

import java.io.IOException;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/** What stores jobs. It is opened again when a runner was closed. */
interface Stores {

    /** How many tasks run at a time. */
    int THREADS = 4;

    /** What is open; the runner closes it. */
    record Open(JobStore store, TaskQueue queue, ChunkFiles files) {
    }

    Open open(SteadyClock clock, Scratch scratch) throws IOException;
}
