package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Runs tasks at their time, one at a time each. */
public interface TaskQueue extends AutoCloseable {

    /**
     * Runs a task at this time, or earlier if it is queued for earlier. A task that is running runs again.
     */
    void schedule(Task task, Instant at);

    /** Whether a task is queued or running. */
    boolean has(Task task);

    /**
     * @param handler runs a task and tells when to run it again; empty for not again. What it throws is its own fault
     */
    void start(Function<Task, Optional<Instant>> handler);

    /** Starts no further task, and waits for those that are running. */
    @Override
    void close();
}
