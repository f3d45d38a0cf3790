package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.admission.Admission;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.JobSource;
import io.quarkiverse.openai.batch.runtime.job.spool.SourceException;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.spool.Spool;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Runs a task, and decides what a failure means: whether it passes, or a person must be asked. */
public final class TaskDispatcher {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    private static final Duration RECONCILIATION = Duration.ofMinutes(1);

    private final JobStore store;
    private final TaskQueue queue;
    private final InstantSource clock;
    private final Function<String, JobClient> clients;
    private final Announcements announcements;
    private final Sources sources;
    private final Map<Task, FailureStreak> troubles = new ConcurrentHashMap<>();
    private final Spool spool;
    private final Watch watch;
    private final ChunkSteps advance;
    private final Finish finish;
    private final AccountCheck account;
    private volatile boolean stopping;

    public TaskDispatcher(JobStore store, TaskQueue queue, JobDirectory directory, InstantSource clock,
            Function<String, JobClient> clients,
            Announcements announcements, Sources sources,
            List<HandlerMethod> handlers) {
        this.store = store;
        this.queue = queue;
        this.clock = clock;
        this.clients = clients;
        this.announcements = announcements;
        this.sources = sources;
        EnqueuedTokens tokens = new EnqueuedTokens(store);
        Create create = new Create(store, clock, tokens);
        this.spool = new Spool(store, directory, this::scheduleAdvance);
        this.watch = new Watch(store, clock, create);
        this.advance = new ChunkSteps(store, directory, clock, create, watch,
                new HandOver(store, directory, handlers, () -> stopping), new Admission(store, clock, tokens));
        this.account = new AccountCheck(store);
        this.finish = new Finish(store, clock);
    }

    public void stop() {
        stopping = true;
    }

    /** Runs a task; tells when to run it again. */
    public Optional<Instant> run(Task task) {
        if (stopping) {
            return Optional.empty();
        }
        try {
            Optional<Instant> again = switch (task.kind()) {
                case SPOOL -> spool(task.job());
                case ADVANCE -> advance(task);
                case WATCH -> watch(task.job());
                case FINISH -> finish(task.job());
                case RECONCILE -> reconcile();
            };
            troubles.remove(task);
            return again;
        } catch (StaleRowException changedMeanwhile) {
            return Optional.of(clock.instant());
        } catch (PauseException e) {
            return pause(task, e);
        } catch (ConfigurationException | JsonlException | IllegalArgumentException e) {
            return pause(task, new PauseException(e.getMessage()));
        } catch (BatchApiException | IOException | UncheckedIOException | CancellationException e) {
            Instant now = clock.instant();
            FailureStreak trouble = troubles.merge(task, FailureStreak.NONE.and(e, now), (before, first) -> before.and(e, now));
            return trouble.needsAPerson(e, now) ? pause(task, new PauseException(advice(e))) : later(task, trouble, e);
        }
    }

    private static String advice(Exception e) {
        boolean absent = e instanceof BatchApiException answer && answer.status() == 404;
        return e.getMessage() + (absent ? ". Has it been deleted, or does the key belong to another account?" : ".")
                + " Mend that, then resume the job";
    }

    /** What went wrong until now does not count any more. */
    public void forgetTroubles(JobRow job) {
        troubles.keySet().removeIf(task -> task.job().equals(job.name()) || task.job().equals(job.client()));
    }

    private Optional<Instant> later(Task task, FailureStreak trouble, Exception e) {
        if (stopping) {
            return Optional.empty();
        }
        LOG.infof("%s of %s goes on in %s: %s", task.kind(), task.job(), trouble.pause(), e.getMessage());
        return Optional.of(clock.instant().plus(trouble.pause()));
    }

    private Optional<Instant> pause(Task task, PauseException e) {
        troubles.remove(task);
        Stream<JobRow> jobs = task.kind() == Task.Kind.WATCH
                ? store.jobs().stream().filter(job -> job.client().equals(task.job()))
                : store.job(task.job()).stream();
        jobs.filter(TaskDispatcher::isOnItsWay).forEach(job -> pause(job.name(), e));
        return Optional.empty();
    }

    public void pause(String job, PauseException e) {
        if (onItsWay(job).isPresent()) {
            LOG.warnf("Job %s is paused: %s", job, e.getMessage());
        }
        changeOnItsWay(job, row -> e.isFor(row) ? row.paused(e.getMessage(), e.question()) : row);
    }

    private void changeOnItsWay(String job, UnaryOperator<JobRow> change) {
        store.change(job, row -> isOnItsWay(row) ? change.apply(row) : row);
        announcements.changed(job);
    }

    private static boolean isOnItsWay(JobRow job) {
        return job.state() == JobState.RUNNING || job.state() == JobState.CANCELLING || job.state() == JobState.INTERRUPTED;
    }

    private Optional<JobRow> onItsWay(String job) {
        return store.job(job).filter(TaskDispatcher::isOnItsWay);
    }

    private Optional<Instant> spool(String name) throws IOException {
        Optional<JobRow> job = onItsWay(name).filter(row -> !row.spooled() && row.state() != JobState.INTERRUPTED);
        if (job.isEmpty()) {
            return Optional.empty();
        }
        JobRow begun = withoutEarlierVersion(job.get());
        if (!begun.isStopped()) {
            readSource(begun);
        }
        if (store.job(name).filter(JobRow::isStopped).isPresent()) {
            store.change(name, JobRow::withSpooled);
        }
        announcements.changed(name);
        scheduleNow(Task.finish(name));
        return Optional.empty();
    }

    private JobRow withoutEarlierVersion(JobRow job) {
        if (!job.reading().anew()) {
            return job;
        }
        LOG.infof("Job %s begins anew as version %s", job.name(), SafeText.of(job.terms().version(), 100));
        JobClient client = clients.apply(job.client());
        if (client.settings().results().areCopied()) {
            store.chunks(job.name()).forEach(chunk -> Retention.deleteRemote(chunk, client));
        }
        store.dropChunks(job.name());
        return store.change(job.name(), row -> row.with(row.reading().begun()));
    }

    private void readSource(JobRow job) throws IOException {
        Optional<JobSource> source = Optional.empty();
        try {
            source = sources.of(job.name());
            spool.run(job, clients.apply(job.client()).settings(), source.orElseThrow(() -> new SourceException(
                    "its source was not read to the end, and is gone. Submit it again to go on", null)),
                    () -> stopping || isOutdated(job));
            sources.forget(job.name(), source.orElse(null));
        } catch (SourceException e) {
            LOG.warnf(e.getCause(), "The lines of job %s cannot be read on: %s", job.name(), e.getMessage());
            interrupt(job.name(), source.orElse(null), e.getMessage());
        }
    }

    /** Whether there is no use any more in reading the source of a job as it was. */
    private boolean isOutdated(JobRow job) {
        return store.job(job.name()).map(row -> row.isStopped() || row.reading().anew()).orElse(true);
    }

    /** Not if it was submitted with another source meanwhile, which then either is known here, or finds the row interrupted. */
    private void interrupt(String job, JobSource source, String reason) {
        changeOnItsWay(job, row -> row.isStopped() || row.reading().anew() || !sources.forget(job, source) ? row
                : row.in(JobState.INTERRUPTED, reason));
    }

    /** Steps until the chunk has to wait, or is left to the watch. */
    private Optional<Instant> advance(Task task) throws IOException {
        while (!stopping) {
            Optional<JobRow> job = onItsWay(task.job()).filter(row -> !row.reading().anew());
            Optional<ChunkRow> chunk = store.chunk(task.job(), task.chunk()).filter(row -> !row.state().isTerminal());
            if (job.isEmpty() || chunk.isEmpty()) {
                return Optional.empty();
            }
            JobClient client = clients.apply(job.get().client());
            account.run(job.get(), client);
            ChunkRow next = advance.step(chunk.get(), job.get(), client);
            announcements.changed(task.job());
            if (next.state() == ChunkState.COLLECTED && !chunk.get().state().isCollected()) {
                scheduleChildren(next);
            }
            if (next.state() == ChunkState.DONE) {
                scheduleChildren(next);
                scheduleNow(Task.finish(task.job()));
            } else if (next.state() == ChunkState.WATCHED || next.state() == ChunkState.CREATING) {
                queue.schedule(Task.watch(job.get().client()), clock.instant().plus(client.settings().shortestPoll()));
                return Optional.empty();
            } else if (next.version() == chunk.get().version()) {
                return advance.next(next, job.get(), client);
            } else if (next.state() == ChunkState.COLLECTED && chunk.get().state() == ChunkState.COLLECTED) {
                return Optional.of(clock.instant());
            }
        }
        return Optional.empty();
    }

    private void scheduleChildren(ChunkRow parent) {
        store.chunks(parent.job()).stream().filter(chunk -> chunk.input().parent() == parent.number())
                .forEach(this::scheduleAdvance);
    }

    private void scheduleAdvance(ChunkRow chunk) {
        scheduleNow(Task.advance(chunk));
    }

    private void scheduleNow(Task task) {
        queue.schedule(task, clock.instant());
    }

    private Optional<Instant> watch(String client) {
        List<JobRow> jobs = store.jobs().stream().filter(job -> job.client().equals(client) && isOnItsWay(job)).toList();
        List<ChunkRow> chunks = jobs.stream().flatMap(job -> store.chunks(job.name()).stream()).toList();
        List<ChunkRow> active = chunks.stream()
                .filter(chunk -> chunk.state() == ChunkState.WATCHED || chunk.state() == ChunkState.CREATING).toList();
        if (active.isEmpty()) {
            return Optional.empty();
        }
        JobClient jobClient = clients.apply(client);
        jobs.forEach(job -> account.run(job, jobClient));
        List<ChunkRow> ended = chunks.stream().filter(TaskDispatcher::hasEnded).toList();
        // a chunk whose create is being sent must not be looked for
        List<ChunkRow> settled = active.stream().filter(chunk -> !queue.has(Task.advance(chunk))).toList();
        watch.run(settled, ended, jobClient, this::scheduleAdvance);
        active.stream().map(ChunkRow::job).distinct().forEach(announcements::changed);
        Instant now = clock.instant();
        Duration youngest = active.stream().map(chunk -> chunk.remote().createdAt()).filter(Objects::nonNull)
                .map(created -> Duration.between(created, now)).min(Duration::compareTo).orElse(Duration.ZERO);
        return Optional.of(now.plus(jobClient.settings().pollInterval(youngest)));
    }

    private static boolean hasEnded(ChunkRow chunk) {
        return chunk.remote().batchId() != null && chunk.state() != ChunkState.WATCHED;
    }

    private Optional<Instant> finish(String name) {
        Optional<JobRow> job = onItsWay(name);
        if (job.isEmpty()) {
            return Optional.empty();
        }
        JobRow row = job.get();
        Instant deadline = row.terms().deadline();
        boolean due = deadline != null && !row.isCancelled();
        if (due && !deadline.isAfter(clock.instant())) {
            stop(name, Stop.CANCEL,
                    "Its deadline, %s, has passed. What was not answered by then is cancelled".formatted(deadline));
            return Optional.empty();
        }
        JobClient client = clients.apply(row.client());
        boolean waits = !finish.run(row, client);
        announcements.changed(name);
        if (waits) {
            return Optional.of(clock.instant().plus(client.settings().longestPoll()));
        }
        return due && onItsWay(name).isPresent() ? Optional.of(deadline) : Optional.empty();
    }

    /** Brings a job to its end before all is done. */
    public void stop(String name, Stop how, String reason) {
        LOG.infof("Job %s is stopped%s", name, reason == null ? "" : ": " + reason);
        wake(store.change(name, row -> row.state().isTerminal() ? row : row.stopped(how, reason)));
    }

    /** Rows and tasks are not written at once; so each row that has something to do, and no task, gets one here. */
    private Optional<Instant> reconcile() {
        store.jobs().stream().filter(job -> job.state().isTerminal() && !job.announced()).map(JobRow::name)
                .forEach(announcements::changed);
        store.jobs().stream().filter(TaskDispatcher::isOnItsWay).flatMap(this::tasks).filter(task -> !queue.has(task))
                .forEach(this::scheduleNow);
        store.jobs().stream().filter(job -> job.endedAt() != null).forEach(this::deleteIfOld);
        return Optional.of(clock.instant().plus(RECONCILIATION));
    }

    private void deleteIfOld(JobRow job) {
        try {
            clients.apply(job.client()).settings().retention().map(job.endedAt()::plus)
                    .filter(clock.instant()::isAfter).ifPresent(end -> {
                        LOG.infof("Job %s ended at %s, and is deleted now", job.name(), job.endedAt());
                        store.delete(job);
                    });
        } catch (ConfigurationException clientIsGone) {
            LOG.debugf("Nobody says for how long job %s is kept", job.name());
        }
    }

    /** Does at once what there is to do for a job. */
    public void wake(JobRow job) {
        tasks(job).forEach(this::scheduleNow);
        announcements.changed(job.name());
    }

    private Stream<Task> tasks(JobRow job) {
        boolean unread = !job.spooled() && job.state() != JobState.INTERRUPTED;
        return Stream.of(unread ? Stream.of(Task.spool(job.name())) : Stream.<Task> empty(),
                store.chunks(job.name()).stream().filter(chunk -> !chunk.state().isTerminal()).map(Task::advance),
                Stream.of(Task.watch(job.client()), Task.finish(job.name()))).flatMap(tasks -> tasks);
    }
}
