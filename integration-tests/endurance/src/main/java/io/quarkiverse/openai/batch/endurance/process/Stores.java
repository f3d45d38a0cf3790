package io.quarkiverse.openai.batch.endurance.process;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/** What stores jobs. It is opened again when a runner was closed. */
interface Stores {

    /** How many tasks run at a time. */
    int THREADS = 4;

    /**
     * What is open; the runner closes it.
     *
     * @param onRenewal has something done when the process was taken for dead, and continues
     */
    record Open(JobStore store, TaskQueue queue, ChunkFiles files, Consumer<Runnable> onRenewal) {
    }

    /** The wall clock of the jobs, on a machine that has another one. */
    InstantSource wall(InstantSource time, InstantSource machine);

    Open open(SteadyClock clock, Scratch scratch) throws IOException;
}
