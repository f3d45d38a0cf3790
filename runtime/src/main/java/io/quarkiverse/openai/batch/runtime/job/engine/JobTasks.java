package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Duration;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Schedules the tasks of jobs. */
public final class JobTasks {

    private static final Duration ANNOUNCING = Duration.ofMillis(100);

    private final JobEnvironment jobs;

    public JobTasks(JobEnvironment jobs) {
        this.jobs = jobs;
    }

    /** What happens to a job in between is told together. */
    public void announce(String job) {
        jobs.queue().schedule(Task.announce(job), jobs.clock().instant().plus(ANNOUNCING));
    }

    void announce(JobRow job) {
        announce(job.name());
    }

    /** Schedules everything there is to do for a job. */
    public void wake(JobRow job) {
        of(job).forEach(this::now);
    }

    void now(Task task) {
        jobs.queue().schedule(task, jobs.clock().instant());
    }

    void advance(ChunkRow chunk) {
        now(Task.advance(chunk));
    }

    /** The chunks that hold moved lines of this one. */
    void advanceChildren(ChunkRow parent) {
        jobs.store().chunks(parent.job()).stream().filter(chunk -> chunk.input().parent() == parent.number())
                .forEach(this::advance);
    }

    Stream<Task> of(JobRow job) {
        boolean unread = !job.spooled() && job.state() != JobState.INTERRUPTED;
        return Stream.of(unread ? Stream.of(Task.spool(job.name())) : Stream.<Task> empty(),
                jobs.store().chunks(job.name()).stream().filter(chunk -> !chunk.state().isTerminal()).map(Task::advance),
                Stream.of(Task.watch(job.client()), Task.finish(job.name()))).flatMap(tasks -> tasks);
    }
}
