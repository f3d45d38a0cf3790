package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.spool.JobSource;
import io.quarkiverse.openai.batch.runtime.job.spool.SourceException;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.spool.Spool;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Reads the source of a job. */
final class SpoolTask {

    private static final Logger LOG = Logger.getLogger(SpoolTask.class);

    /** After which a process asks again whether it must read a source that another one has. */
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(1);

    private final JobEnvironment jobs;
    private final JobStore store;
    private final JobTasks tasks;
    private final JobTransitions transitions;
    private final Sources sources;
    private final Spool spool;

    SpoolTask(JobEnvironment jobs, JobTasks tasks, JobTransitions transitions, Sources sources, Spool spool) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.tasks = tasks;
        this.transitions = transitions;
        this.sources = sources;
        this.spool = spool;
    }

    /** When to run it again; empty for not again. */
    Optional<Instant> run(String name) throws IOException {
        Optional<JobRow> job = store.job(name).filter(JobRow::isUnderWay)
                .filter(row -> !row.spooled() && row.state() != JobState.INTERRUPTED);
        if (job.isEmpty()) {
            return Optional.empty();
        }
        if (!job.get().isStopped() && !sources.has(name) && store.isSourceElsewhere(name)) {
            return Optional.of(jobs.clock().instant().plus(LEFT_TO_OTHERS));
        }
        JobRow begun = withoutEarlierVersion(job.get());
        if (begun.isStopped()) {
            sources.drop(name);
        } else {
            readSource(begun);
        }
        if (!sources.has(name)) {
            store.withdrawSource(name);
        }
        store.job(name).ifPresent(tasks::advanceSpooled);
        tasks.now(Task.finish(name));
        return Optional.empty();
    }

    private JobRow withoutEarlierVersion(JobRow job) {
        if (!job.reading().replaced()) {
            return job;
        }
        LOG.infof("Job %s begins again as version %s", job.name(), SafeText.of(job.terms().version(), 100));
        JobClient client = jobs.client(job);
        if (client.settings().providerFiles() == ProviderFiles.DELETE) {
            store.chunks(job.name()).forEach(chunk -> Retention.deleteRemote(chunk, client));
        }
        return store.dropChunks(job.name());
    }

    private void readSource(JobRow job) throws IOException {
        Optional<JobSource> source = Optional.empty();
        try {
            source = sources.of(job.name());
            spool.run(job, jobs.client(job).settings().limits(), source.orElseThrow(() -> new SourceException(
                    "its source was not read to the end, and is gone. Submit the job again to continue", null)),
                    () -> isOutdated(job));
            sources.forget(job.name(), source.orElse(null));
        } catch (CancellationException stopped) {
            LOG.debugf("The source of job %s is not read further: %s", job.name(), stopped.getMessage());
            sources.forget(job.name(), source.orElse(null));
        } catch (SourceException e) {
            LOG.warnf(e.getCause(), "The lines of job %s cannot be read further: %s", job.name(), e.getMessage());
            interrupt(job.name(), source.orElse(null), e.getMessage());
        }
    }

    /** Whether the job was stopped or submitted again since it was read from the store. */
    private boolean isOutdated(JobRow job) {
        return store.job(job.name()).map(row -> row.isStopped() || row.reading().replaced()).orElse(true);
    }

    /** A job that was submitted with another source meanwhile is not interrupted: that source is known, or finds the row so. */
    private void interrupt(String job, JobSource source, String reason) {
        transitions.change(job, row -> row.isStopped() || row.reading().replaced() || !sources.forget(job, source) ? row
                : row.in(JobState.INTERRUPTED, reason));
    }
}
