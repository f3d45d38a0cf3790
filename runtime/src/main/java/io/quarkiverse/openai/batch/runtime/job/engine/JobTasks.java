package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.admission.SendGate;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Schedules the tasks of jobs. */
public final class JobTasks {

    private static final Duration SOON = Duration.ofMillis(100);

    private final JobEnvironment jobs;
    private final Troubles troubles;

    public JobTasks(JobEnvironment jobs) {
        this.jobs = jobs;
        this.troubles = new Troubles(jobs.store());
    }

    /** What fails of them. */
    public Troubles troubles() {
        return troubles;
    }

    /** Schedules everything there is to do for a job. */
    public void wake(JobRow job) {
        of(job).forEach(this::now);
    }

    /** Schedules the event of a change; further changes until then share it. */
    public void announce(String job) {
        jobs.queue().schedule(Task.announce(job), jobs.clock().instant().plus(SOON));
    }

    void announce(JobRow job) {
        announce(job.name());
    }

    void now(Task task) {
        jobs.queue().schedule(task, jobs.clock().instant());
    }

    /** Changes of many chunks are one admission. */
    void admit(String account) {
        jobs.queue().schedule(Task.admit(account), jobs.clock().instant().plus(SOON));
    }

    /** The chunks that may be sent after the answers of others, or after the end of the source. */
    void advanceSpooled(JobRow job) {
        List<ChunkRow> chunks = jobs.store().chunks(job.name());
        Predicate<ChunkRow> foreseen = SendGate.foreseen(job, chunks);
        chunks.stream().filter(chunk -> chunk.state() == ChunkState.SPOOLED && foreseen.test(chunk)).forEach(this::advance);
    }

    void advance(ChunkRow chunk) {
        now(Task.advance(chunk));
    }

    /** The chunks that hold moved lines of this one. */
    void advanceChildren(ChunkRow parent) {
        jobs.store().childrenOf(parent).forEach(this::advance);
    }

    Stream<Task> of(JobRow job) {
        boolean unread = !job.spooled() && job.state() != JobState.INTERRUPTED;
        List<ChunkRow> chunks = jobs.store().chunks(job.name());
        Predicate<ChunkRow> foreseen = SendGate.foreseen(job, chunks);
        return Stream.of(unread ? Stream.of(Task.spool(job.name())) : Stream.<Task> empty(),
                chunks.stream().filter(chunk -> job.isStopped() && !chunk.state().isTerminal()
                        || hasStep(chunk) && foreseen.test(chunk)).map(Task::advance),
                Stream.of(Task.admit(job.account()), Task.watch(job.client()), Task.finish(job.name())))
                .flatMap(tasks -> tasks);
    }

    /** Whether a chunk takes its next step by itself, and does not wait for room or for its batch. */
    private static boolean hasStep(ChunkRow chunk) {
        return switch (chunk.state()) {
            case UPLOADED -> chunk.waiting().isTooLarge();
            case CREATING, OPEN, WATCHED, DONE -> false;
            default -> true;
        };
    }
}
