package io.quarkiverse.openai.batch.cli.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.cli.progress.Progress;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.store.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.store.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;

/** The job that this process runs. If the process is told to stop, so is the job, and a later process goes on with it. */
@ApplicationScoped
public class ActiveJob {

    private static final int THREADS = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(ActiveJob.class);

    @Inject
    PricedClients clients;

    private JobFolder folder;
    private String wayOn;
    private JobDirectory directory;
    private JobStore store;
    private volatile JobRunner runner;
    private volatile Progress progress;

    /**
     * Opens the folder of a job for this process alone. Nothing runs before {@link #await}.
     *
     * @param prices go before the configured ones
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
            directory = JobDirectory.open(jobFolder.path());
        } catch (IllegalStateException inUse) {
            return false;
        }
        folder = jobFolder;
        wayOn = "The same command";
        new PauseRequest(folder).take();
        InstantSource clock = InstantSource.system();
        store = new DirectoryJobStore(directory);
        runner = new JobRunner(store, new InProcessTaskQueue(clock, THREADS, LONGEST_PAUSE), directory, clock,
                client -> clients.get(client, prices));
        return true;
    }

    /**
     * The job of a specification: a new one, or the one that is there, which goes on if it was paused, unless there is
     * something to be decided by {@link #resume}. It takes the place of another one that is paused and has sent nothing yet,
     * or whose canary failed.
     *
     * @throws JobConflictException if there is one that has another specification, or belongs to another account
     */
    public BatchJob submit(JobSpec spec) {
        boolean isAnother = store.job(spec.name()).filter(job -> !job.terms().version().equals(spec.version())).isPresent();
        try {
            BatchJob job = runner.submit(spec);
            if (row().control().question() == null) {
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
     * The job that is in the folder, with whatever it was paused for agreed to.
     *
     * @throws IllegalStateException if it needs its input to go on
     */
    public BatchJob resume() {
        BatchJob job = get();
        job.resume();
        JobRow row = row();
        if (!row.reading().complete() && !row.isStopped() && !row.state().isTerminal()) {
            throw new IllegalStateException(
                    "Job %s has not read all of its input: the command run goes on with it".formatted(folder.name()));
        }
        return job;
    }

    /**
     * Sends lines of the job that is in the folder again.
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

    private JobRow row() {
        return store.job(folder.name().text()).orElseThrow();
    }

    /** The job that is in the folder. */
    public BatchJob get() {
        return runner.find(folder.name().text()).orElseThrow();
    }

    /**
     * Starts the job, and shows its progress until it ends.
     *
     * @param lines how many lines the job has
     * @throws StoppedJobException if it does not go on by itself
     */
    public JobReport await(BatchJob job, long lines) {
        Cancellable pauses = obeyPauses(job);
        try (Progress shown = Progress.on(System.err, lines)) {
            progress = shown;
            runner.start();
            job.progress().subscribe().asIterable().forEach(shown::show);
            return job.await();
        } catch (JobStoppedException e) {
            throw new StoppedJobException(e, howToGoOn());
        } finally {
            pauses.cancel();
        }
    }

    private Cancellable obeyPauses(BatchJob job) {
        PauseRequest request = new PauseRequest(folder);
        return Multi.createFrom().ticks().every(BETWEEN_LOOKS).filter(tick -> request.take()).subscribe()
                .with(asked -> job.pause(), e -> LOG.warn("The job cannot be paused by other processes", e));
    }

    private String howToGoOn() {
        String way = row().control().question() == null ? wayOn : wayOnByName();
        return folder.temporary() ? "" : ". " + way + " resumes it";
    }

    public synchronized void close() {
        if (runner != null) {
            runner.close();
            directory.close();
            runner = null;
        }
    }

    /** Before clients and emulator stop. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (runner != null) {
            if (progress != null) {
                progress.close();
            }
            System.err.println(folder.temporary() ? "Stopped" : "Stopped. %s goes on with it".formatted(wayOn));
            close();
        }
    }
}
