package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/**
 * A queue by real time for jobs by a clock that runs faster: heartbeats, and thus the death of a process, take real time.
 *
 * @param queue by real time
 * @param clock of the jobs
 * @param factor its speed
 */
record RealTimeQueue(TaskQueue queue, InstantSource clock, int factor) implements TaskQueue {

    private Instant real(Instant time) {
        return Instant.now().plus(Duration.between(clock.instant(), time).dividedBy(factor));
    }

    @Override
    public void schedule(Task task, Instant at) {
        queue.schedule(task, real(at));
    }

    @Override
    public void scheduleLazily(Task task, Instant at) {
        queue.scheduleLazily(task, real(at));
    }

    @Override
    public boolean has(Task task) {
        return queue.has(task);
    }

    @Override
    public void scheduleMissing(List<Task> tasks, Instant at) {
        queue.scheduleMissing(tasks, real(at));
    }

    @Override
    public void start(Function<Task, Optional<Instant>> handler) {
        queue.start(task -> handler.apply(task).map(this::real));
    }

    @Override
    public boolean isRunning() {
        return queue.isRunning();
    }

    @Override
    public void close() {
        queue.close();
    }
}
