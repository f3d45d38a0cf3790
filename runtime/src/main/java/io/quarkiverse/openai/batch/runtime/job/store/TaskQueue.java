package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs tasks when they are due; the same task never twice at a time. Tasks that call the application's code run on threads of
 * their own, at most four of a kind of a job at a time, so that no such task holds up the others.
 */
public interface TaskQueue extends AutoCloseable {

    /**
     * Runs a task at this time, or earlier if it is queued for earlier. A running task runs again.
     */
    void schedule(Task task, Instant at);

    /**
     * As {@link #schedule}, for those who do so many times a second: it may run a second later, and runs once for all of them.
     * If this process is halted first, the task is not scheduled.
     */
    default void scheduleLazily(Task task, Instant at) {
        schedule(task, at);
    }

    /** Whether a task is queued or running. */
    boolean has(Task task);

    /** Schedules those of these tasks that are neither queued nor running. */
    default void scheduleMissing(List<Task> tasks, Instant at) {
        tasks.stream().filter(task -> !has(task)).forEach(task -> schedule(task, at));
    }

    /**
     * @param handler runs a task and returns when to run it again; empty for not again. Whatever it throws is logged and the
     *        task is retried after a minute
     */
    void start(Function<Task, Optional<Instant>> handler);

    /** Whether tasks are started when they are due. */
    boolean isRunning();

    /** Starts no more tasks, and waits for running ones: ten seconds, and three for those that call the application's code. */
    @Override
    void close();
}
