package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.MetadataSize;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.admission.Budget;
import io.quarkiverse.openai.batch.runtime.job.admission.Spending;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.engine.Announcements;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.engine.JobReports;
import io.quarkiverse.openai.batch.runtime.job.engine.JobSignals;
import io.quarkiverse.openai.batch.runtime.job.engine.Retention;
import io.quarkiverse.openai.batch.runtime.job.engine.TaskDispatcher;
import io.quarkiverse.openai.batch.runtime.job.handler.Redelivery;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.result.JobResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResultsHome;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Halving;
import io.quarkiverse.openai.batch.runtime.job.spool.Rerun;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

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
    private final JobReports reports;
    private final Announcements announcements;
    private final TaskDispatcher tasks;

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
        this.reports = new JobReports(store, clients);
        this.announcements = new Announcements(store, signals, listener, reports);
        this.tasks = new TaskDispatcher(store, queue, directory, clock, clients, announcements, sources, handlers);
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
        check(spec);
        JobClient client = clients.apply(spec.client());
        if (client.settings().results() == ResultsHome.HANDLED
                && handlers.stream().noneMatch(handler -> handler.isFor(spec.name()))) {
            throw new IllegalArgumentException(("Job \"%s\" has no method with @OnBatchResult, and jobs.results=handled would "
                    + "delete its answers unseen. Add one, or set jobs.results to directory").formatted(spec.name()));
        }
        JobTerms terms = terms(spec, client);
        Optional<JobRow> known = store.job(spec.name());
        if (known.isPresent() && !known.get().terms().version().equals(spec.version())) {
            return anew(known.get(), spec, terms);
        }
        known.ifPresent(row -> checkSame(row, spec, client));
        if (known.filter(row -> row.spooled() || row.isStopped()).isEmpty()) {
            sources.offer(spec);
            // one whose source is gone again was interrupted just now
            tasks.wake(known.isEmpty() ? store.insert(JobRow.submitted(spec.name(), terms, clock.instant()))
                    : store.change(spec.name(), row -> row.state() == JobState.INTERRUPTED && sources.has(row.name())
                            ? row.in(JobState.RUNNING, null)
                            : row));
        }
        return handle(spec.name());
    }

    private void check(JobSpec spec) {
        if (spec.endpoint() == null || spec.requests() == null && !sources.has(spec.name())) {
            throw new IllegalArgumentException(
                    "Job \"%s\" needs an endpoint, and requests or a method with @BatchSource for its name"
                            .formatted(spec.name()));
        }
    }

    private static JobTerms terms(JobSpec spec, JobClient client) {
        MetadataSize.of(spec.tags()).check(client.settings().limits().metadata());
        return new JobTerms(spec.version(), spec.client(), client.account(), spec.endpoint().path(), spec.completionWindow(),
                spec.priority(), spec.tags(), spec.deadline(),
                new Guard(spec.maxTokens(), spec.maxCost(), spec.canaryLines(), spec.canaryFailures()));
    }

    /** Another version takes the place of one that waits for a decision with little or nothing done. */
    private BatchJob anew(JobRow job, JobSpec spec, JobTerms terms) {
        requireUndecided(job, spec);
        sources.replace(spec);
        tasks.forgetTroubles(job);
        tasks.wake(store.change(job.name(), row -> requireUndecided(row, spec).resubmitted(terms)));
        return handle(spec.name());
    }

    private static JobRow requireUndecided(JobRow job, JobSpec spec) {
        if (job.state() != JobState.PAUSED || job.control().question() == null) {
            throw new JobConflictException(
                    ("There is a job \"%s\" of version %s already. Submit version %s under another name, "
                            + "or submit the same version to attach to it")
                            .formatted(job.name(), job.terms().version(), spec.version()));
        }
        return job;
    }

    private static void checkSame(JobRow job, JobSpec spec, JobClient client) {
        if (!job.account().equals(client.account())) {
            throw new JobConflictException("Job \"%s\" belongs to the account %s, and the client \"%s\" is for %s"
                    .formatted(job.name(), job.account(), spec.client(), client.account()));
        }
    }

    @Override
    public JobEstimate estimate(JobSpec spec) {
        check(spec);
        if (spec.isOneShot()) {
            throw new IllegalArgumentException(("The source of job \"%s\" can be read once, and the job would find nothing "
                    + "in it. Give requests(...) a source that can be opened again").formatted(spec.name()));
        }
        Prices prices = clients.apply(spec.client()).settings().prices();
        try (Stream<BatchRequest> requests = spec.requests() == null ? sources.of(spec.name()).orElseThrow().open()
                : spec.requests().get()) {
            return JobEstimate.of(requests, TokenEstimator.ruleOfThumb(), prices);
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

    JobReports reports() {
        return reports;
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
        tasks.stop(name, Stop.CANCEL, null);
    }

    void pause(String name) {
        tasks.pause(name, new PauseException("It was asked to. Resume it to go on"));
    }

    /**
     * Sends lines of an ended job again.
     *
     * @param chunks those that may have such lines
     * @return how many lines
     */
    synchronized long rerun(String name, Predicate<ChunkRow> chunks, Predicate<BatchResult> which) {
        JobRow job = row(name);
        if (!job.state().isTerminal()) {
            throw new IllegalStateException("Lines can be sent again once job \"%s\" has ended; it is %s"
                    .formatted(name, job.state()));
        }
        // what a request began that was broken off is not sent with this one
        store.chunks(name).stream().filter(chunk -> chunk.state() == ChunkState.RERUNNING)
                .forEach(chunk -> store.change(name, chunk.number(), row -> row.in(ChunkState.DONE)));
        JobResults results = results(job);
        Rerun rerun = new Rerun(store, directory);
        Map<ChunkRow, Long> marked = new LinkedHashMap<>();
        for (ChunkRow chunk : store.chunks(name).stream().filter(chunks).toList()) {
            try (Stream<BatchResult> ofChunk = results.ofChunk(chunk)) {
                marked.put(chunk, rerun.mark(chunk, ofChunk, which));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        marked.values().removeIf(lines -> lines == 0);
        marked.keySet().forEach(rerun::begin);
        long lines = marked.values().stream().mapToLong(Long::longValue).sum();
        if (lines > 0) {
            Spending before = new Budget(job, store.chunks(name), clients.apply(job.client()).settings().prices()).spent();
            tasks.wake(store.change(name, row -> row.reopened(before.tokens(), before.cost())));
        }
        return lines;
    }

    void resume(String name) {
        if (row(name).state() != JobState.PAUSED) {
            return;
        }
        store.chunks(name).forEach(chunk -> store.change(name, chunk.number(), JobRunner::resumed));
        tasks.forgetTroubles(row(name));
        tasks.wake(store.change(name, row -> row.state() == JobState.PAUSED ? row.resumed() : row));
    }

    /**
     * What a chunk was paused for is taken as mended, or agreed to. A step that may have spooled its lines again goes on:
     * they must not be sent twice.
     */
    private static ChunkRow resumed(ChunkRow chunk) {
        return switch (chunk.state()) {
            case UPLOADED -> Halving.isDue(chunk) && Halving.isPossible(chunk) ? chunk
                    : chunk.with(chunk.waiting().withoutRefusals());
            case ENDED -> Watch.cancelledByOthers(chunk) ? chunk.with(chunk.remote().withCancel()) : chunk;
            case GONE -> chunk.in(ChunkState.WATCHED).with(chunk.waiting().withNotFound(0, null));
            case REFUSED -> chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutBatch());
            default -> chunk;
        };
    }

    /** Stops at the next step; the next start goes on. */
    @Override
    public void close() {
        tasks.stop();
        queue.close();
        signals.close();
    }
}
