package io.quarkiverse.openai.batch.langchain4j;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Waits until the lines of a job are stored, so that it needs no source any more. Whatever is in the way withdraws the job. */
final class Submission {

    private static final Duration WITHDRAWAL = Duration.ofSeconds(10);

    private Submission() {
    }

    /**
     * @throws IllegalStateException on an event loop
     */
    static void requireBlockingThread() {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException("A batch is stored while its submission waits, which thread %s must not"
                    .formatted(Thread.currentThread().getName()));
        }
    }

    /**
     * @throws IllegalArgumentException if a line breaks a rule of the provider
     * @throws IllegalStateException if the job is stopped before all its lines are stored, or the thread is interrupted
     */
    static void await(BatchJob job) {
        try {
            requireStored(job, progress(job));
        } catch (RuntimeException e) {
            throw withdrawn(job, e);
        }
    }

    private static JobProgress progress(BatchJob job) {
        try {
            return job.progress().select().where(progress -> progress.spooled() || isStopped(progress.state()))
                    .collect().first().await().indefinitely();
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                // what was stored just now is submitted
                return job.progressNow();
            }
            throw new IllegalStateException("Batch \"%s\" is not submitted: %s".formatted(job.name(), e.getMessage()), e);
        }
    }

    private static boolean isStopped(JobState state) {
        return state != JobState.RUNNING;
    }

    private static void requireStored(BatchJob job, JobProgress progress) {
        if (progress != null && progress.spooled() && progress.state() != JobState.CANCELLING
                && progress.state() != JobState.CANCELLED) {
            return;
        }
        if (progress != null && progress.state() == JobState.INTERRUPTED) {
            throw new IllegalArgumentException(
                    "Batch \"%s\" is not submitted: %s".formatted(job.name(), job.report().reason()));
        }
        throw new IllegalStateException("Batch \"%s\" is not submitted: it was %s before its requests were stored"
                .formatted(job.name(), stopped(progress)));
    }

    private static String stopped(JobProgress progress) {
        if (Thread.currentThread().isInterrupted()) {
            return "interrupted";
        }
        return progress == null || progress.state() == JobState.RUNNING ? "closed"
                : progress.state() == JobState.PAUSED ? "paused" : "cancelled";
    }

    /** Nothing of the job was sent. What cannot be withdrawn, as in an outage of the store, may continue. */
    private static RuntimeException withdrawn(BatchJob job, RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            job.cancel();
            job.await(WITHDRAWAL);
            job.delete();
            return failure;
        } catch (RuntimeException | TimeoutException e) {
            IllegalStateException unknown = new IllegalStateException(
                    failure.getMessage() + ". It could not be withdrawn and may be sent all the same: look for it", failure);
            unknown.addSuppressed(e);
            return unknown;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
