package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Rows and tasks are not written at once: each row that has something to do and no task gets one here. Old jobs are deleted.
 */
final class ReconcileTask {

    private static final Logger LOG = Logger.getLogger(ReconcileTask.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    /** Ended jobs are read from what is stored. */
    private static final Duration DELETION_INTERVAL = Duration.ofHours(1);

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private Instant nextDeletion = Instant.MIN;

    ReconcileTask(JobEnvironment jobs, JobTasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    /** When to run it again. */
    Instant run() {
        jobs.store().unended().stream().filter(job -> job.state().isTerminal()).forEach(tasks::announce);
        Instant now = jobs.clock().instant();
        jobs.queue().scheduleMissing(
                jobs.store().unended().stream().filter(JobRow::isUnderWay).flatMap(tasks::of).distinct().toList(), now);
        jobs.queue().scheduleMissing(jobs.store().collected().open().stream().map(Task::collect).toList(), now);
        if (!now.isBefore(nextDeletion)) {
            nextDeletion = now.plus(DELETION_INTERVAL);
            jobs.store().jobs().stream().filter(job -> job.endedAt() != null).forEach(this::deleteIfOld);
        }
        return now.plus(INTERVAL);
    }

    private void deleteIfOld(JobRow job) {
        try {
            jobs.client(job).settings().retention().map(job.endedAt()::plus).filter(jobs.clock().wall()::isAfter)
                    .ifPresent(end -> {
                        LOG.infof("Job %s ended at %s, and is deleted now", job.name(), job.endedAt());
                        jobs.store().delete(job);
                    });
        } catch (ConfigurationException clientIsGone) {
            LOG.debugf("No configuration says for how long job %s is kept", job.name());
        } catch (IllegalStateException | UncheckedIOException | StaleRowException e) {
            LOG.warnf("Job %s is old, and is not deleted: %s", job.name(), e.getMessage());
        }
    }
}
