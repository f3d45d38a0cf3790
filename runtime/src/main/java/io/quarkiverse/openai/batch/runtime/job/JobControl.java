package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.admission.Budget;
import io.quarkiverse.openai.batch.runtime.job.admission.Spending;
import io.quarkiverse.openai.batch.runtime.job.engine.Announcements;
import io.quarkiverse.openai.batch.runtime.job.engine.ChunkSteps;
import io.quarkiverse.openai.batch.runtime.job.engine.JobTransitions;
import io.quarkiverse.openai.batch.runtime.job.engine.Retention;
import io.quarkiverse.openai.batch.runtime.job.engine.TaskDispatcher;
import io.quarkiverse.openai.batch.runtime.job.handler.Redelivery;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.JobResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResultsHome;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Rerun;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** What a person does with a job that exists. */
final class JobControl {

    private final JobEnvironment jobs;
    private final JobStore store;
    private final JobTransitions transitions;
    private final TaskDispatcher tasks;
    private final Announcements announcements;
    private final List<HandlerMethod> handlers;

    JobControl(JobEnvironment jobs, JobTransitions transitions, TaskDispatcher tasks, Announcements announcements,
            List<HandlerMethod> handlers) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.transitions = transitions;
        this.tasks = tasks;
        this.announcements = announcements;
        this.handlers = handlers;
    }

    JobRow row(String name) {
        return store.job(name)
                .orElseThrow(() -> new IllegalStateException("Job \"%s\" does not exist any more".formatted(name)));
    }

    JobResults results(JobRow job) {
        return new JobResults(store.chunks(job.name()), jobs.directory(), () -> jobs.client(job));
    }

    void cancel(String name) {
        transitions.stop(name, Stop.CANCEL, null);
    }

    void pause(String name) {
        transitions.pause(name, new PauseException("It was asked to pause. Resume it to continue"));
    }

    void resume(String name) {
        if (row(name).state() != JobState.PAUSED) {
            return;
        }
        store.chunks(name).forEach(chunk -> store.change(name, chunk.number(), ChunkSteps::resumed));
        tasks.forgetFailures(row(name));
        transitions.wake(store.change(name, row -> row.state() == JobState.PAUSED ? row.resumed() : row));
    }

    long redeliver(String name) {
        long failed = new Redelivery(store, jobs.directory(), handlers, results(row(name))::ofChunk).run(name);
        if (jobs.client(row(name)).settings().results() == ResultsHome.HANDLED) {
            Retention retention = new Retention(store, jobs.directory());
            store.chunks(name).stream().filter(Retention::isHandedOver).forEach(retention::deleteAnswers);
        }
        announcements.changed(name);
        return failed;
    }

    /**
     * Sends lines of an ended job again.
     *
     * @param chunks those that may have lines to send
     * @return how many lines
     */
    synchronized long rerun(String name, Predicate<ChunkRow> chunks, Predicate<BatchResult> which) {
        JobRow job = row(name);
        if (!job.state().isTerminal()) {
            throw new IllegalStateException("Lines can be sent again once job \"%s\" has ended; it is %s"
                    .formatted(name, job.state()));
        }
        Rerun rerun = new Rerun(store, jobs.directory());
        store.chunks(name).forEach(rerun::abandon);
        Map<ChunkRow, Long> marked = mark(job, rerun, chunks, which);
        marked.keySet().forEach(rerun::begin);
        long lines = marked.values().stream().mapToLong(Long::longValue).sum();
        if (lines > 0) {
            Spending before = new Budget(job, store.chunks(name), jobs.client(job).settings().prices()).spent();
            transitions.wake(store.change(name, row -> row.reopened(before.tokens(), before.cost())));
        }
        return lines;
    }

    private Map<ChunkRow, Long> mark(JobRow job, Rerun rerun, Predicate<ChunkRow> chunks, Predicate<BatchResult> which) {
        JobResults results = results(job);
        Map<ChunkRow, Long> marked = new LinkedHashMap<>();
        for (ChunkRow chunk : store.chunks(job.name()).stream().filter(chunks).toList()) {
            try (Stream<BatchResult> ofChunk = results.ofChunk(chunk)) {
                marked.put(chunk, rerun.mark(chunk, ofChunk, which));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        marked.values().removeIf(lines -> lines == 0);
        return marked;
    }
}
