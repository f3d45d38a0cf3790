package io.quarkiverse.openai.batch.cli.job;

import java.time.Duration;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.cli.progress.Progress;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;

/** The job that this process runs. A process that gets a signal to stop stops the job, and a later process continues it. */
@ApplicationScoped
public class ActiveJob {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(ActiveJob.class);

    @Inject
    OpenAiBatch client;

    private JobFolder folder;
    private String wayOn;
    private volatile DirectoryJobs jobs;
    private volatile Progress progress;

    /**
     * Opens the folder of a job for this process alone. Nothing runs before {@link #await}.
     *
     * @param prices replace the configured ones
     * @throws IllegalStateException if another process runs the job
     */
    public void open(JobFolder jobFolder, Prices prices) {
        if (!tryOpen(jobFolder, prices)) {
            throw new IllegalStateException(
                    "Another process runs job %s: wait for its end, pause it, or stop it first".formatted(jobFolder.name()));
        }
    }

    /** As {@link #open}; false if another process runs the job. */
    synchronized boolean tryOpen(JobFolder jobFolder, Prices prices) {
        try {
            jobs = client.openJobs(jobFolder.path(), client.prices().withAll(prices));
        } catch (IllegalStateException inUse) {
            LOG.debugf("Not opened: %s", inUse.getMessage());
            return false;
        }
        folder = jobFolder;
        wayOn = "The same command";
        new PauseRequest(folder).take();
        return true;
    }

    /**
     * The job of a specification: a new one, or the stored one, which continues if it was paused, unless it asks something that
     * {@link #resume} agrees to. It replaces another one that is paused if that has sent nothing yet or its canary failed.
     *
     * @throws JobConflictException if the stored job has another specification, or belongs to another account
     */
    public BatchJob submit(JobSpec spec) {
        boolean isAnother = jobs.find(spec.name()).filter(job -> !job.report().version().equals(spec.version())).isPresent();
        try {
            BatchJob job = jobs.submit(spec);
            if (job.report().question() == null) {
                job.resume();
            }
            return job;
        } catch (JobConflictException e) {
            throw !isAnother ? e
                    : new JobConflictException(("There is a job %s already, of other input or with other options: "
                            + "give this one another name with --job").formatted(spec.name()));
        }
    }

    /**
     * The stored job, resumed, with whatever it asked agreed to.
     *
     * @throws IllegalStateException if it needs its input to continue
     */
    public BatchJob resume() {
        BatchJob job = get();
        job.resume();
        JobProgress now = job.progressNow();
        boolean isUnread = !now.spooled() && (now.state() == JobState.RUNNING || now.state() == JobState.INTERRUPTED);
        if (isUnread) {
            throw new IllegalStateException(
                    "Job %s has not read all of its input: the command run continues it".formatted(folder.name()));
        }
        return job;
    }

    /**
     * Sends lines of the stored job again.
     *
     * @return how many
     * @throws IllegalStateException if it has not ended
     */
    public long rerun(Set<Outcome> outcomes) {
        long lines = get().rerun(outcomes);
        wayOn = wayOnByName();
        return lines;
    }

    private String wayOnByName() {
        return "The command resume " + folder.name();
    }

    /** The stored job. */
    public BatchJob get() {
        return jobs.find(folder.name().text()).orElseThrow();
    }

    /**
     * Starts the job, and shows its progress until it ends.
     *
     * @param lines number of its lines
     * @throws StoppedJobException if it does not continue by itself
     */
    public JobReport await(BatchJob job, long lines) {
        Cancellable pauses = obeyPauses(job);
        try (Progress shown = Progress.on(System.err, lines)) {
            progress = shown;
            jobs.start();
            job.progress().subscribe().asIterable().forEach(shown::show);
            return job.await();
        } catch (JobStoppedException e) {
            throw new StoppedJobException(e, howToGoOn(e.report()));
        } finally {
            pauses.cancel();
        }
    }

    private Cancellable obeyPauses(BatchJob job) {
        PauseRequest request = new PauseRequest(folder);
        return Multi.createFrom().ticks().every(BETWEEN_LOOKS).filter(tick -> request.take()).subscribe()
                .with(asked -> job.pause(), e -> LOG.warn("The job cannot be paused by other processes", e));
    }

    private String howToGoOn(JobReport report) {
        String way = report.question() == null ? wayOn : wayOnByName();
        return folder.temporary() ? "" : ". " + way + " resumes it";
    }

    public synchronized void close() {
        if (jobs != null) {
            jobs.close();
            jobs = null;
        }
    }

    /** Before clients and emulator stop. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (jobs != null) {
            if (progress != null) {
                progress.close();
            }
            System.err.println(folder.temporary() ? "Stopped" : "Stopped. %s continues it".formatted(wayOn));
            close();
        }
    }
}
