package io.quarkiverse.openai.batch.runtime.job.log;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.trace.Subject;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/** The spans of tasks, and of the steps of a chunk. */
public final class StepTraces {

    /** What a span is of. */
    @FunctionalInterface
    public interface Step<T> {

        T run() throws IOException;
    }

    private final JobStore store;
    private final Traces traces;

    public StepTraces(JobStore store, Traces traces) {
        this.store = store;
        this.traces = traces;
    }

    /** A chunk that is advanced has a span for each of its steps instead. */
    public <T> T task(Task task, Step<T> step) throws IOException {
        return switch (task.kind()) {
            case ADVANCE, CHECK, RECONCILE -> step.run();
            case WATCH -> traced("look", Subject.ofClient(task.job()), span -> step.run());
            case ADMIT -> traced("admit", Subject.NONE, span -> step.run());
            default -> traced(task.kind().name().toLowerCase(Locale.ROOT), subject(task), span -> step.run());
        };
    }

    private Subject subject(Task task) {
        Optional<JobRow> job = store.job(task.job());
        Subject ofJob = job.map(StepTraces::of).orElse(Subject.ofJob(null, task.job(), null));
        return store.chunk(task.job(), task.chunk()).map(chunk -> of(ofJob, chunk)).orElse(ofJob);
    }

    public ChunkRow step(ChunkRow chunk, JobRow job, Step<ChunkRow> step) throws IOException {
        return traced(name(chunk), of(of(job), chunk), span -> {
            ChunkRow after = step.run();
            Usage usage = after.tally().usage();
            if (!usage.equals(chunk.tally().usage())) {
                span.used(usage.inputTokens(), usage.outputTokens());
            }
            return after;
        });
    }

    private static Subject of(JobRow job) {
        return Subject.ofJob(job.client(), job.name(), job.terms().caller());
    }

    private static Subject of(Subject job, ChunkRow chunk) {
        return job.withChunk(chunk.number(), chunk.remote().batchId(), chunk.input().model());
    }

    private static String name(ChunkRow chunk) {
        return switch (chunk.state()) {
            case SPOOLED, UPLOADING -> "upload";
            case UPLOADED -> "wait";
            case ADMITTED -> "create";
            case CREATING, OPEN -> "find";
            case WATCHED -> "cancel";
            case ENDED, REFUSED, GONE -> "collect";
            case COLLECTED, HANDED_OVER, DONE -> "clean_up";
            case RERUNNING -> "rerun";
        };
    }

    private <T> T traced(String name, Subject subject, Traced<T> step) throws IOException {
        try (Traces.Span span = traces.begin(name, subject)) {
            try {
                return step.run(span);
            } catch (Throwable e) {
                span.failed(e);
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Traced<T> {

        T run(Traces.Span span) throws IOException;
    }
}
