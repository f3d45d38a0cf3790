package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.admission.Budget;
import io.quarkiverse.openai.batch.runtime.job.admission.Spending;
import io.quarkiverse.openai.batch.runtime.job.engine.Announcements;
import io.quarkiverse.openai.batch.runtime.job.engine.ChunkSteps;
import io.quarkiverse.openai.batch.runtime.job.engine.JobSignals;
import io.quarkiverse.openai.batch.runtime.job.engine.JobTransitions;
import io.quarkiverse.openai.batch.runtime.job.engine.Retention;
import io.quarkiverse.openai.batch.runtime.job.engine.TaskDispatcher;
import io.quarkiverse.openai.batch.runtime.job.handler.Redelivery;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.JobResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Rerun;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;

/** What a person does with a job that exists. The runner calls delete and rerun one at a time. */
final class JobControl {

    private final JobEnvironment jobs;
    private final JobStore store;
    private final JobTransitions transitions;
    private final TaskDispatcher tasks;
    private final Announcements announcements;
    private final UserCode user;
    private final List<HandlerMethod> handlers;

    JobControl(JobEnvironment jobs, JobTransitions transitions, TaskDispatcher tasks, Announcements announcements,
            UserCode user, List<HandlerMethod> handlers) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.transitions = transitions;
        this.tasks = tasks;
        this.announcements = announcements;
        this.user = user;
        this.handlers = handlers;
    }

    JobRow row(String name) {
        store.refresh();
        return store.job(name).orElseThrow(() -> JobSignals.gone(name));
    }

    JobResults results(JobRow job) {
        return new JobResults(chunks(job), jobs.files());
    }

    private List<ChunkRow> chunks(JobRow job) {
        List<ChunkRow> chunks = store.chunks(job.name());
        if (chunks.size() < job.chunks()) {
            throw new IllegalStateException(job.reason());
        }
        return chunks;
    }

    void cancel(String name) {
        row(name);
        transitions.stop(name, Stop.CANCEL, null);
    }

    void pause(String name) {
        row(name);
        transitions.pause(name, new PauseException("It was asked to pause. Resume it to continue"));
    }

    void resume(String name) {
        JobRow paused = row(name);
        if (paused.state() != JobState.PAUSED) {
            return;
        }
        store.chunks(name)
                .forEach(chunk -> store.change(name, chunk.number(), row -> ChunkSteps.resumed(row, paused)));
        tasks.forgetFailures(row(name));
        transitions.wake(store.change(name, row -> row.state() == JobState.PAUSED ? row.resumed() : row));
    }

    void adopt(String name, int number, String batchId) {
        JobRow job = row(name);
        ChunkRow chunk = store.chunk(name, number).filter(row -> row.state() == ChunkState.OPEN)
                .orElseThrow(() -> new IllegalStateException(
                        "Chunk %d of job \"%s\" does not wait for the id of its batch".formatted(number, name)));
        tasks.adopt(chunk, batchId, jobs.client(job));
        if (store.chunks(name).stream().noneMatch(row -> row.state() == ChunkState.OPEN)) {
            resume(name);
        }
    }

    int recollect(String name) {
        JobRow job = ended(name);
        List<ChunkRow> abandoned = store.chunks(name).stream()
                // one that is not done was begun before a halt
                .filter(chunk -> chunk.remote().isRecollectable()
                        && (chunk.remote().abandoned() || !chunk.state().isTerminal()))
                .toList();
        abandoned.forEach(chunk -> store.change(name, chunk.number(), ChunkSteps::recollected));
        if (!abandoned.isEmpty()) {
            transitions.wake(store.change(name, row -> row.reopened(0, null).stopped(Stop.CANCEL, job.control().stopReason(),
                    jobs.clock().instant())));
        }
        return abandoned.size();
    }

    long redeliver(String name) {
        long failed = new Redelivery(store, jobs.files(), user, handlers).run(name);
        if (jobs.client(row(name)).settings().results() == StoredResults.DELETE_WHEN_HANDLED) {
            Retention retention = new Retention(store);
            store.chunks(name).stream().filter(Retention::isHandedOver).forEach(retention::deleteResults);
        }
        return failed;
    }

    /** Before it is deleted or begins again, if the application was not told of its end yet. No lock may be held. */
    void announceEnd(String name) {
        if (!ended(name).announced()) {
            announcements.announce(name);
        }
    }

    /** False if the job has changed. */
    boolean delete(JobRow job) {
        try {
            store.delete(job);
            return true;
        } catch (StaleRowException changedMeanwhile) {
            return false;
        }
    }

    /** An ended job whose files at the provider are deleted. No lock may be held. */
    JobRow erased(String name) {
        store.requireOpen();
        JobRow job = ended(name);
        new Erasure(job, chunks(job), jobs.clients().apply(job.client())).run();
        return job;
    }

    JobRow ended(String name) {
        JobRow job = row(name);
        if (!job.state().isTerminal()) {
            throw new IllegalStateException(
                    ("Job \"%s\" is %s. It can be deleted, send lines again, or collect what it gave up, "
                            + "once it has ended. Cancel it, and wait for its end first").formatted(name, job.state()));
        }
        return job;
    }

    /** Selects lines of a chunk. */
    interface Selection {

        BitSet of(JobResults results, ChunkRow chunk) throws IOException;
    }

    /** Lines of an ended job that are to be sent again. */
    record Selected(JobRow job, Map<ChunkRow, BitSet> lines) {
    }

    /** Reads results, and may call the application. No lock may be held. */
    Selected select(String name, Selection which) {
        JobRow job = ended(name);
        JobResults results = results(job);
        Map<ChunkRow, BitSet> selected = new LinkedHashMap<>();
        try {
            for (ChunkRow chunk : store.chunks(name)) {
                BitSet lines = which.of(results, chunk);
                if (!lines.isEmpty()) {
                    selected.put(chunk, lines);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return new Selected(job, selected);
    }

    /**
     * Sends lines of an ended job again.
     *
     * @return how many lines; empty if the job has changed since they were selected
     */
    OptionalLong rerun(Selected selected) {
        JobRow job = selected.job();
        if (row(job.name()).version() != job.version()) {
            return OptionalLong.empty();
        }
        Rerun rerun = new Rerun(store, jobs.files());
        store.chunks(job.name()).forEach(rerun::abandon);
        selected.lines().forEach((chunk, lines) -> {
            try {
                rerun.begin(chunk, lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        });
        long lines = selected.lines().values().stream().mapToLong(BitSet::cardinality).sum();
        if (lines > 0) {
            Spending before = new Budget(job, store.chunks(job.name()), jobs.client(job).settings().prices()).spent();
            transitions.wake(store.change(job.name(), row -> row.reopened(before.tokens(), before.cost())));
        }
        return OptionalLong.of(lines);
    }
}
