package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.runtime.job.admission.Admission;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.spool.Spool;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Runs a task, and decides what a failure means: the task is tried again later, or a person must decide. */
public final class TaskDispatcher {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    private final JobEnvironment jobs;
    private final JobTransitions transitions;
    private final Map<Task, FailureStreak> failures = new ConcurrentHashMap<>();
    private final SpoolTask spool;
    private final ChunkTask chunk;
    private final WatchTask watch;
    private final FinishTask finish;
    private final ReconcileTask reconcile;
    private final HandOverTask handOver;
    private final Announcements announcements;
    private final UserCode user;

    public TaskDispatcher(JobEnvironment jobs, JobTasks tasks, JobTransitions transitions, Announcements announcements,
            UserCode user, Sources sources, JobMethods methods) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.announcements = announcements;
        this.user = user;
        EnqueuedTokens tokens = new EnqueuedTokens(jobs.store());
        Create create = new Create(jobs.store(), jobs.clock(), tokens);
        Watch batches = new Watch(jobs.store(), jobs.clock(), create);
        HandOver handing = new HandOver(jobs.store(), jobs.directory(), jobs.clock(), user, methods);
        Spool spooling = new Spool(jobs.store(), jobs.directory(), user, sources, tasks::advance);
        ChunkSteps steps = new ChunkSteps(jobs, tasks, create, batches, handing,
                new Admission(jobs.store(), jobs.clock(), tokens));
        AccountCheck account = new AccountCheck(jobs.store());
        this.spool = new SpoolTask(jobs, tasks, transitions, sources, spooling);
        this.chunk = new ChunkTask(jobs, tasks, account, steps);
        this.handOver = new HandOverTask(jobs, tasks, handing);
        this.watch = new WatchTask(jobs, tasks, account, batches);
        this.finish = new FinishTask(jobs, transitions, spooling);
        this.reconcile = new ReconcileTask(jobs, tasks);
    }

    /** Runs a task; returns when to run it again, empty for not again. */
    public Optional<Instant> run(Task task) {
        if (user.isStopping()) {
            return Optional.empty();
        }
        try {
            Optional<Instant> again = dispatch(task);
            failures.remove(task);
            return again;
        } catch (StaleRowException changedMeanwhile) {
            return Optional.of(jobs.clock().instant());
        } catch (PauseException e) {
            return pause(task, e);
        } catch (ConfigurationException | JsonlException | IllegalArgumentException e) {
            return pause(task, new PauseException(e.getMessage()));
        } catch (BatchApiException | IOException | UncheckedIOException | CancellationException e) {
            Instant now = jobs.clock().instant();
            FailureStreak streak = failures.merge(task, FailureStreak.NONE.and(e, now), (before, first) -> before.and(e, now));
            return streak.needsAPerson(e, now) ? pause(task, new PauseException(advice(e))) : later(task, streak, e);
        }
    }

    private Optional<Instant> dispatch(Task task) throws IOException {
        return switch (task.kind()) {
            case SPOOL -> {
                spool.run(task.job());
                yield Optional.empty();
            }
            case ADVANCE -> chunk.run(task, user::isStopping);
            case HAND_OVER -> handOver.run(task);
            case WATCH -> watch.run(task.job());
            case FINISH -> finish.run(task.job());
            case ANNOUNCE -> {
                announcements.announce(task.job());
                yield Optional.empty();
            }
            case RECONCILE -> Optional.of(reconcile.run());
        };
    }

    private static String advice(Exception e) {
        boolean absent = e instanceof BatchApiException answer && answer.isNotFound();
        return e.getMessage() + (absent ? ". Has it been deleted, or does the key belong to another account?" : ".")
                + " Fix this, then resume the job";
    }

    /** Earlier failures of a job and of its client's watch count no more. */
    public void forgetFailures(JobRow job) {
        failures.keySet().removeIf(task -> task.job().equals(job.name()) || task.job().equals(job.client()));
    }

    private Optional<Instant> later(Task task, FailureStreak streak, Exception e) {
        if (user.isStopping()) {
            return Optional.empty();
        }
        LOG.infof("%s of %s is tried again in %s: %s", task.kind(), task.job(), streak.pause(), e.getMessage());
        return Optional.of(jobs.clock().instant().plus(streak.pause()));
    }

    private Optional<Instant> pause(Task task, PauseException e) {
        failures.remove(task);
        Stream<JobRow> concerned = task.kind() == Task.Kind.WATCH
                ? jobs.store().jobs().stream().filter(job -> job.client().equals(task.job()))
                : jobs.store().job(task.job()).stream();
        concerned.filter(JobRow::isUnderWay).forEach(job -> transitions.pause(job.name(), e));
        return Optional.empty();
    }
}
