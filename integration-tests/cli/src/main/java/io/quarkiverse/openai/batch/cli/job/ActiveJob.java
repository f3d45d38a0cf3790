package io.quarkiverse.openai.batch.cli.job;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.progress.Progress;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.runtime.client.Clients;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.store.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.store.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.store.JobStore;
import io.quarkus.runtime.ShutdownEvent;

/** The job that this process runs. If the process is told to stop, so is the job, and a later process goes on with it. */
@ApplicationScoped
public class ActiveJob {

    private static final int THREADS = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    @Inject
    Clients clients;

    private JobFolder folder;
    private JobDirectory directory;
    private JobStore store;
    private volatile JobRunner runner;
    private volatile Progress progress;

    /**
     * Opens the folder of a job for this process alone. Nothing runs before {@link #await}.
     *
     * @throws IllegalStateException if another process runs the job
     */
    public synchronized void open(JobFolder jobFolder) {
        folder = jobFolder;
        directory = open();
        InstantSource clock = InstantSource.system();
        store = new DirectoryJobStore(directory);
        runner = new JobRunner(store, new InProcessTaskQueue(clock, THREADS, LONGEST_PAUSE), directory, clock,
                clients::ofJobs);
    }

    private JobDirectory open() {
        try {
            return JobDirectory.open(folder.path());
        } catch (IllegalStateException inUse) {
            throw new IllegalStateException(
                    "Another process runs job %s: wait for its end, or stop it first".formatted(folder.name()), inUse);
        }
    }

    /**
     * The job of a specification: a new one, or the one that is there, which goes on if it was paused.
     *
     * @throws JobConflictException if the one that is there has another specification, or belongs to another account
     */
    public BatchJob submit(JobSpec spec) {
        if (store.job(spec.name()).filter(job -> !job.terms().version().equals(spec.version())).isPresent()) {
            throw new JobConflictException(
                    ("There is a job %s already, of other input or with another model, prompt or endpoint: "
                            + "give this one another name with --job").formatted(spec.name()));
        }
        BatchJob job = runner.submit(spec);
        job.resume();
        return job;
    }

    /** The job that is in the folder. */
    public BatchJob get() {
        return runner.find(folder.name().text()).orElseThrow();
    }

    /**
     * Starts the job, and shows its progress until it ends.
     *
     * @param lines how many lines the job has
     * @throws io.quarkiverse.openai.batch.job.JobStoppedException if it does not go on by itself
     */
    public JobReport await(BatchJob job, long lines) {
        try (Progress shown = Progress.on(System.err, lines)) {
            progress = shown;
            runner.start();
            job.progress().subscribe().asIterable().forEach(shown::show);
            return job.await();
        }
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
            System.err.println(folder.temporary() ? "Stopped"
                    : "Stopped: job %s goes on with the same command".formatted(folder.name()));
            close();
        }
    }
}
