package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.collector.Collectors;
import io.quarkiverse.openai.batch.runtime.job.engine.Announcements;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.engine.JobReports;
import io.quarkiverse.openai.batch.runtime.job.engine.JobSignals;
import io.quarkiverse.openai.batch.runtime.job.engine.JobTasks;
import io.quarkiverse.openai.batch.runtime.job.engine.JobTransitions;
import io.quarkiverse.openai.batch.runtime.job.engine.TaskDispatcher;
import io.quarkiverse.openai.batch.runtime.job.log.JobLog;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.method.NamePattern;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.RowListener;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The jobs over a store and a task queue: takes submissions, and makes the tasks of what the store has. */
public final class JobRunner implements DirectoryJobs {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final JobEnvironment jobs;
    private final JobStore store;
    private final UserCode user;
    private final JobSignals signals;
    private final Sources sources;
    private final JobMethods methods;
    private final JobReports reports;
    private final JobTransitions transitions;
    private final TaskDispatcher tasks;
    private final JobControl control;
    private final Submission submission;
    private final NameLocks locks = new NameLocks();
    private final Wakes wakes;
    private final Collectors collectors;

    /**
     * @param jobs closed with the runner
     * @param methods the application's methods for jobs
     * @param listener is notified of what happens to jobs
     */
    public JobRunner(JobEnvironment jobs, JobMethods methods, JobListener listener) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.user = new UserCode(jobs.traces());
        this.sources = new Sources(methods.sources(), store.collected());
        this.methods = methods;
        JobTasks schedule = new JobTasks(jobs);
        this.reports = new JobReports(store, sources, methods, schedule.troubles(), jobs.clients());
        this.signals = new JobSignals(store, reports);
        Announcements announcements = new Announcements(store, listener, reports, user);
        this.transitions = new JobTransitions(store, jobs.clock(), schedule, user);
        this.tasks = new TaskDispatcher(jobs, schedule, transitions, announcements, user, sources, methods);
        this.wakes = new Wakes(jobs);
        this.submission = new Submission(jobs, sources, methods, transitions, tasks);
        this.control = new JobControl(jobs, transitions, tasks, announcements, user, methods.handlers());
        store.onChange(RowListener.ofNames(signals::changed));
        store.onChangeElsewhere(signals::changed);
        store.onChange(RowListener.ofNames(schedule::announce));
        store.onChange(new JobLog());
        this.collectors = new Collectors(jobs, reports, this::submit, name -> handle(name).results(),
                Infrastructure.getDefaultExecutor());
    }

    @Override
    public void start() {
        store.requireOpen();
        methods.sources().forEach(source -> store.offerSource(source.pattern()));
        store.unended().stream().filter(job -> !job.state().isTerminal()).forEach(this::takeUp);
        takeUp();
        jobs.queue().start(task -> task.kind() == Task.Kind.COLLECT ? collectors.run(task) : tasks.run(task));
    }

    /** What is stored may be what was stored earlier: nothing is created before it was looked for. */
    void takeUp() {
        tasks.recheck();
        jobs.queue().schedule(Task.reconcile(), jobs.clock().instant());
    }

    /** A job of an earlier process has the sources and handlers of this one. */
    private void takeUp(JobRow job) {
        JobLog.continued(job, store.chunks(job.name()));
        boolean hasSource = job.state() == JobState.INTERRUPTED && sources.has(job.name());
        try {
            store.change(job.name(), row -> (hasSource ? row.in(JobState.RUNNING, null) : row)
                    .withHandlers(methods.handlersOf(row.name())));
        } catch (IllegalStateException setAside) {
            LOG.debug("A job is set aside, since its row cannot be read", setAside);
        }
    }

    @Override
    public BatchJob submit(JobSpec spec) {
        return locks.with(spec.name(), () -> {
            store.refresh();
            try {
                submission.run(spec);
            } catch (StaleRowException submittedElsewhere) {
                store.refresh();
                submission.run(spec);
            }
            return handle(spec.name());
        });
    }

    @Override
    public BatchCollector collector(String name, String client) {
        return collectors.of(name, client);
    }

    @Override
    public JobEstimate estimate(JobSpec spec) {
        submission.check(spec);
        if (spec.isOneShot()) {
            throw new IllegalArgumentException(("The source of job \"%s\" can be read once, and the job would find nothing "
                    + "in it. Give requests(...) a source that can be opened again").formatted(spec.name()));
        }
        Prices prices = jobs.clients().apply(spec.client()).settings().prices();
        try (Stream<BatchRequest> requests = spec.requests() == null ? sources.of(spec.name()).orElseThrow().open()
                : spec.requests().get()) {
            return JobEstimate.of(requests, TokenEstimator.ruleOfThumb(), prices);
        }
    }

    @Override
    public Optional<BatchJob> find(String name) {
        store.refresh();
        return store.job(name).map(job -> handle(job.name()));
    }

    @Override
    public List<BatchJob> list(JobQuery query) {
        store.refresh();
        NamePattern names = new NamePattern(query.name());
        return store.jobs().stream().filter(job -> query.states().contains(job.state()) && names.matches(job.name()))
                .skip((long) query.page() * query.pageSize()).limit(query.pageSize()).map(job -> handle(job.name())).toList();
    }

    @Override
    public void recheck() {
        tasks.recheck();
    }

    void delete(String name) {
        delete(name, control::ended);
    }

    void deleteEverywhere(String name) {
        delete(name, control::erased);
    }

    /**
     * A source that was submitted with a job goes with it.
     *
     * @param before done without the lock of {@link #submit}, and again if the job changed meanwhile
     */
    private void delete(String name, Function<String, JobRow> before) {
        control.announceEnd(name);
        boolean deleted;
        do {
            JobRow job = before.apply(name);
            deleted = locks.with(name, () -> {
                boolean latest = control.delete(job);
                if (latest) {
                    sources.drop(name);
                }
                return latest;
            });
        } while (!deleted);
    }

    private BatchJob handle(String name) {
        return new JobHandle(name, this);
    }

    /** Lines are selected without the lock of {@link #submit}, and again if the job changed meanwhile. */
    long rerun(String name, JobControl.Selection which) {
        control.announceEnd(name);
        OptionalLong lines;
        do {
            JobControl.Selected selected = control.select(name, which);
            lines = locks.with(name, () -> control.rerun(selected));
        } while (lines.isEmpty());
        return lines.getAsLong();
    }

    JobControl control() {
        return control;
    }

    /** Whether rows may change: not if they were only read. */
    boolean isOpen() {
        return !store.isReadOnly();
    }

    JobReports reports() {
        return reports;
    }

    JobSignals signals() {
        return signals;
    }

    /** What the jobs run on. */
    public JobEnvironment environment() {
        return jobs;
    }

    /** Tells another one of each change, from now on. */
    public void observe(JobObserver observer) {
        observer.opened(this);
        store.onChange(observer);
    }

    /**
     * The provider of a client says that a batch has changed: it is looked at now.
     *
     * @return whether it may be a batch of a job
     */
    public boolean changed(String client, String batchId) {
        return wakes.changed(client, batchId);
    }

    /** When the batches of each client were last looked at; only of clients that have batches to look at. */
    public Map<String, Instant> looks() {
        return tasks.looks();
    }

    /** Calls of the application's code that take longer than this. */
    public long callsLongerThan(Duration time) {
        return user.longerThan(time);
    }

    /** The number of those who wait for the end of a job. */
    public int waiting() {
        return signals.count();
    }

    @Override
    public void close() {
        user.stop();
        jobs.queue().close();
        signals.close();
        collectors.close();
        jobs.close();
    }
}
