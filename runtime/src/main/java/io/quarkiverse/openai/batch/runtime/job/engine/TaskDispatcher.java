package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.runtime.job.admission.Admission;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Looks;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.collect.AnswerChecks;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.log.JobMdc;
import io.quarkiverse.openai.batch.runtime.job.log.StepTraces;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.spool.Spool;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Runs a task, and decides what a failure means: the task is tried again later, or a person must decide. */
public final class TaskDispatcher {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    /** After which a task that a process of a later version has to run is offered again. */
    private static final Duration OTHERS = Duration.ofSeconds(5);

    private final JobEnvironment jobs;
    private final JobTransitions transitions;
    private final Troubles troubles;
    private final JobTasks tasks;
    private final Looks looks;
    private final Create create;
    private final SpoolTask spool;
    private final ChunkTask chunk;
    private final AdmitTask admit;
    private final WatchTask watch;
    private final FinishTask finish;
    private final ReconcileTask reconcile;
    private final HandOverTask handOver;
    private final Announcements announcements;
    private final StepTraces traces;
    private final UserCode user;

    public TaskDispatcher(JobEnvironment jobs, JobTasks tasks, JobTransitions transitions, Announcements announcements,
            UserCode user, Sources sources, JobMethods methods) {
        this.jobs = jobs;
        this.announcements = announcements;
        this.user = user;
        this.tasks = tasks;
        this.transitions = transitions;
        this.troubles = tasks.troubles();
        EnqueuedTokens tokens = new EnqueuedTokens(jobs.store(), jobs.clock());
        this.looks = new Looks(jobs.store(), jobs.clock());
        this.create = new Create(jobs.store(), jobs.clock(), tokens);
        Watch batches = new Watch(jobs.store(), jobs.clock(), create, looks);
        HandOver handing = new HandOver(jobs.store(), jobs.files(), jobs.clock(), user, methods);
        Spool spooling = new Spool(jobs.store(), jobs.files(), jobs.scratch(), user, sources, tasks::advance);
        AnswerChecks checks = new AnswerChecks(user, methods.checks());
        ChunkSteps steps = new ChunkSteps(jobs, tasks, create, batches, handing, looks, checks);
        AccountCheck account = new AccountCheck(jobs.store());
        this.spool = new SpoolTask(jobs, tasks, transitions, sources, spooling);
        this.chunk = new ChunkTask(jobs, tasks, account, steps, checks, troubles);
        this.handOver = new HandOverTask(jobs, tasks, handing);
        this.admit = new AdmitTask(jobs, tasks, transitions, new Admission(jobs.store(), tokens), looks,
                troubles);
        this.watch = new WatchTask(jobs, tasks, account, batches);
        this.finish = new FinishTask(jobs, transitions, spooling, account);
        this.reconcile = new ReconcileTask(jobs, tasks);
        this.traces = new StepTraces(jobs.store(), jobs.traces());
    }

    /** Nothing counts as looked for any more. */
    public void recheck() {
        List<String> clients = clients().toList();
        clients.forEach(looks::forget);
        clients.stream().map(Task::watch).forEach(tasks::now);
    }

    /** Those that have jobs under way. */
    private Stream<String> clients() {
        return jobs.store().unended().stream().filter(JobRow::isUnderWay).map(JobRow::client).distinct();
    }

    /** Gives a chunk the batch that a person names. */
    public void adopt(ChunkRow chunk, String batchId, JobClient client) {
        try {
            create.adopt(chunk, client.provider().retrieve(batchId), client);
        } catch (ProviderException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Runs a task; returns when to run it again, empty for not again. */
    public Optional<Instant> run(Task task) {
        if (user.isStopping()) {
            return Optional.empty();
        }
        try (JobMdc names = names(task)) {
            if (task.isOfJob() && jobs.store().isOfLaterVersion(task.job())) {
                return Optional.of(jobs.clock().instant().plus(OTHERS));
            }
            Optional<Instant> again = traces.task(task, () -> dispatch(task));
            if (task.kind() != Task.Kind.ADVANCE && task.kind() != Task.Kind.CHECK) {
                troubles.end(task);
            }
            return again;
        } catch (EpochEndedException closed) {
            return Optional.empty();
        } catch (StaleRowException changedMeanwhile) {
            return Optional.of(jobs.clock().instant());
        } catch (PauseException e) {
            return pause(task, e);
        } catch (ConfigurationException | JsonlException | IllegalArgumentException e) {
            return pause(task, new PauseException(e.getMessage()));
        } catch (ProviderException | IOException | UncheckedIOException | CancellationException e) {
            return failed(task, e);
        } catch (Exception | Error e) {
            // a fault of ours: it says so, and is tried again like any other
            LOG.errorf(e, "%s failed unexpectedly", task.description());
            return failed(task, new IllegalStateException("It failed unexpectedly with a " + e.getClass().getName(), e));
        }
    }

    /** Null if the task is of no single job. */
    private JobMdc names(Task task) {
        return switch (task.kind()) {
            case WATCH, ADMIT, RECONCILE -> null;
            case ADVANCE, CHECK, HAND_OVER -> JobMdc.of(task.job(), task.chunk(),
                    jobs.store().chunk(task.job(), task.chunk()).map(row -> row.remote().batchId()).orElse(null));
            default -> JobMdc.of(task.job());
        };
    }

    private Optional<Instant> failed(Task task, Exception e) {
        Trouble before = troubles.of(task);
        Trouble trouble = FailureStreak.and(before, e, jobs.clock().instant());
        return FailureStreak.needsAPerson(trouble, e, jobs.clock()) ? pause(task, new PauseException(advice(e)))
                : later(task, before, trouble);
    }

    private Optional<Instant> dispatch(Task task) throws IOException {
        return switch (task.kind()) {
            case SPOOL -> spool.run(task.job());
            case ADVANCE, CHECK -> chunk.run(task, user::isStopping);
            case HAND_OVER -> handOver.run(task);
            case ADMIT -> admit.run(task.job());
            case WATCH -> watched(task.job(), watch.run(task.job()));
            case FINISH -> finish.run(task.job());
            case ANNOUNCE -> {
                announcements.announce(task.job());
                yield Optional.empty();
            }
            case RECONCILE -> Optional.of(reconcile.run());
            case COLLECT -> throw new IllegalArgumentException("Collecting is no step of a job");
        };
    }

    private Optional<Instant> watched(String client, Optional<Instant> again) {
        if (again.isPresent()) {
            Instant now = jobs.clock().instant();
            jobs.store().changeLook(client, look -> look.withLook(now));
        }
        return again;
    }

    /** When the batches of each client were last looked at; only of clients that have batches to look at. */
    public Map<String, Instant> looks() {
        Map<String, Instant> looks = new HashMap<>();
        clients().filter(client -> !jobs.store().ofClient(client, ChunkState.ACTIVE).isEmpty()).forEach(client -> {
            Instant last = jobs.store().look(client).lookedAt();
            if (last != null) {
                looks.put(client, last);
            }
        });
        return looks;
    }

    private static String advice(Exception e) {
        boolean absent = e instanceof ProviderException answer && answer.kind().isAbsent();
        return e.getMessage() + (absent ? ". Has it been deleted, or does the key belong to another account?" : ".")
                + " Fix this, then resume the job";
    }

    /** Earlier failures of a job and of its client count no more. */
    public void forgetFailures(JobRow job) {
        troubles.forget(job);
    }

    private Optional<Instant> later(Task task, Trouble before, Trouble trouble) {
        if (user.isStopping()) {
            return Optional.empty();
        }
        troubles.store(task, trouble);
        if (task.kind() == Task.Kind.ADVANCE) {
            // room that was kept for it is for others
            jobs.store().job(task.job()).ifPresent(job -> tasks.admit(job.account()));
        }
        LOG.logf(level(before, trouble), "%s has failed %d times since %s, and is tried again at %s: %s", task.description(),
                trouble.times(), trouble.since(), trouble.next(), trouble.what());
        return Optional.of(trouble.next());
    }

    /** People learn of the first failure, and once more if it lasts; {@link Troubles} logs the end of one that lasted. */
    private static Level level(Trouble before, Trouble trouble) {
        if (trouble.lasts() && (before == null || !before.lasts())) {
            return Level.WARN;
        }
        return before == null ? Level.INFO : Level.DEBUG;
    }

    /** A job that is being cancelled tries again until it gives up. */
    private Optional<Instant> pause(Task task, PauseException e) {
        List<JobRow> concerned = concerned(task).filter(JobRow::isUnderWay).toList();
        concerned.stream().filter(job -> !job.isCancelled()).forEach(job -> transitions.pause(job.name(), e));
        if (concerned.stream().noneMatch(JobRow::isCancelled)) {
            troubles.forget(task);
            return Optional.empty();
        }
        Trouble before = troubles.of(task);
        return later(task, before, FailureStreak.and(before, e, jobs.clock().instant()));
    }

    private Stream<JobRow> concerned(Task task) {
        return switch (task.kind()) {
            case WATCH -> jobs.store().unended().stream().filter(job -> job.client().equals(task.job()));
            case ADMIT -> jobs.store().unended().stream().filter(job -> job.account().equals(task.job()));
            default -> jobs.store().job(task.job()).stream();
        };
    }
}
