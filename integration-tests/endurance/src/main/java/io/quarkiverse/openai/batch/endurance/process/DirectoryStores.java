package io.quarkiverse.openai.batch.endurance.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** Jobs in a directory. */
record DirectoryStores(Path directory, Disk disk) implements Stores {

    /** Short, since clocks run fast. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(5);

    @Override
    public InstantSource wall(InstantSource time, InstantSource machine) {
        return machine;
    }

    @Override
    public Open open(SteadyClock clock, Scratch scratch) throws IOException {
        JobDirectory files = JobDirectory.open(directory, disk);
        return new Open(new DirectoryJobStore(files, clock), new InProcessTaskQueue(clock, THREADS, LONGEST_PAUSE), files,
                action -> {
                });
    }
}
