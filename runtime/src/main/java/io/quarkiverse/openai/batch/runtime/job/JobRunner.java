package io.quarkiverse.openai.batch.runtime.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.runtime.job.JobSettings.ResultsHome;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;
import io.quarkiverse.openai.batch.runtime.store.Task;
import io.quarkiverse.openai.batch.runtime.store.TaskQueue;

/** The jobs over a store and a task queue: takes submissions, and makes the tasks of what the store has. */
public final class JobRunner implements BatchJobs, AutoCloseable {

    private final JobStore store;
    private final TaskQueue queue;
    private final JobDirectory directory;
    private final InstantSource clock;
    private final Function<String, JobClient> clients;
    private final JobSignals signals = new JobSignals();
    private final Sources sources;
    private final List<HandlerMethod> handlers;
    private final Announcements announcements;
    private final TaskRun tasks;

    public JobRunner(JobStore store, TaskQueue queue, JobDirectory directory, InstantSource clock,
            Function<String, JobClient> clients) {
        this(store, queue, directory, clock, clients, new JobMethods(List.of(), List.of(), List.of()), (job, event) -> {
        });
    }

    /**
     * @param clients what jobs use of a client, by its name
     * @param methods the application's methods for jobs
     * @param listener is told what happens to jobs
     */
    public JobRunner(JobStore store, TaskQueue queue, JobDirectory directory, InstantSource clock,
            Function<String, JobClient> clients, JobMethods methods, JobListener listener) {
        this.store = store;
        this.queue = queue;
        this.directory = directory;
        this.clock = clock;
        this.clients = clients;
        this.sources = new Sources(methods.sources());
        this.handlers = methods.handlers();
        this.announcements = new Announcements(store, signals, listener);
        this.tasks = new TaskRun(store, queue, directory, clock, clients, announcements, sources, handlers);
    }

    /** Goes on with what the store has. */
    public void start() {
        store.jobs().stream().filter(job -> job.state() == JobState.INTERRUPTED && sources.has(job.name()))
                .forEach(job -> store.change(job.name(), row -> row.in(JobState.RUNNING, null)));
        queue.schedule(Task.reconcile(), clock.instant());
        queue.start(tasks::run);
    }

    @Override
    public synchronized BatchJob submit(JobSpec spec) {
        if (spec.endpoint() == null || spec.requests() == null && !sources.has(spec.name())) {
            throw new IllegalArgumentException(
                    "Job \"%s\" needs an endpoint, and requests or a method with @BatchSource for its name"
                            .formatted(spec.name()));
        }
        JobClient client = clients.apply(spec.client());
        if (client.settings().results() == ResultsHome.HANDLED
                && handlers.stream().noneMatch(handler -> handler.isFor(spec.name()))) {
            throw new IllegalArgumentException(("Job \"%s\" has no method with @OnBatchResult, and jobs.results=handled would "
                    + "delete its answers unseen. Add one, or set jobs.results to directory").formatted(spec.name()));
        }
        Optional<JobRow> known = store.job(spec.name());
        known.ifPresent(row -> checkSame(row, spec, client));
        if (known.filter(row -> row.spooled() || row.cancelled()).isEmpty()) {
            sources.offer(spec);
            JobRow job = known.orElseGet(() -> store.insert(JobRow.submitted(spec.name(), spec.version(), spec.client(),
                    client.account(), spec.endpoint().path(), spec.completionWindow(), clock.instant())));
            // one whose source is gone again was interrupted just now
            tasks.wake(store.change(job.name(), row -> row.state() == JobState.INTERRUPTED && sources.has(row.name())
                    ? row.in(JobState.RUNNING, null)
                    : row));
        }
        return handle(spec.name());
    }

    private static void checkSame(JobRow job, JobSpec spec, JobClient client) {
        if (!job.specVersion().equals(spec.version())) {
            throw new JobConflictException(
                    ("There is a job \"%s\" of version %s already. Submit version %s under another name, "
                            + "or submit the same version to attach to it")
                            .formatted(job.name(), job.specVersion(), spec.version()));
        }
        if (!job.account().equals(client.account())) {
            throw new JobConflictException("Job \"%s\" belongs to the account %s, and the client \"%s\" is for %s"
                    .formatted(job.name(), job.account(), spec.client(), client.account()));
        }
    }

    @Override
    public Optional<BatchJob> find(String name) {
        return store.job(name).map(job -> handle(job.name()));
    }

    @Override
    public List<BatchJob> list() {
        return store.jobs().stream().map(job -> handle(job.name())).toList();
    }

    private BatchJob handle(String name) {
        return new JobHandle(name, this);
    }

    JobRow row(String name) {
        return store.job(name).orElseThrow(() -> new IllegalStateException("There is no job \"%s\" any more".formatted(name)));
    }

    List<ChunkRow> chunks(String name) {
        return store.chunks(name);
    }

    JobSignals signals() {
        return signals;
    }

    JobResults results(JobRow job) {
        return new JobResults(store.chunks(job.name()), directory, () -> clients.apply(job.client()));
    }

    long redeliver(String name) {
        JobResults results = results(row(name));
        long failed = new Redelivery(store, directory, handlers, results::ofChunk).run(name);
        if (clients.apply(row(name).client()).settings().results() == ResultsHome.HANDLED) {
            Retention retention = new Retention(store, directory);
            store.chunks(name).stream().filter(Retention::isHandedOver).forEach(retention::deleteAnswers);
        }
        announcements.changed(name);
        return failed;
    }

    void cancel(String name) {
        tasks.wake(store.change(name, row -> row.state().isTerminal() ? row : row.withCancel().in(JobState.CANCELLING, null)));
    }

    void resume(String name) {
        if (row(name).state() != JobState.PAUSED) {
            return;
        }
        store.chunks(name).forEach(chunk -> store.change(name, chunk.number(), JobRunner::resumed));
        tasks.forgetTroubles(row(name));
        tasks.wake(store.change(name, row -> row.state() != JobState.PAUSED ? row
                : row.in(row.cancelled() ? JobState.CANCELLING : JobState.RUNNING, null)));
    }

    /** What a chunk was paused for is taken as mended, or agreed to. */
    private static ChunkRow resumed(ChunkRow chunk) {
        if (chunk.state() != ChunkState.ENDED) {
            return chunk;
        }
        if (Watch.cancelledByOthers(chunk)) {
            return chunk.with(chunk.remote().withCancel());
        }
        return BatchStatus.of(chunk.remote().status()) == BatchStatus.FAILED
                ? chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutBatch())
                : chunk;
    }

    /** Stops at the next step; the next start goes on. */
    @Override
    public void close() {
        tasks.stop();
        queue.close();
        signals.close();
    }
}
