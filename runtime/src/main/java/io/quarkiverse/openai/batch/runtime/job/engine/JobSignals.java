package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Those who wait for the end of jobs: one future each, known until it is complete or forgotten. */
public final class JobSignals {

    private final JobStore store;
    private final JobReports reports;
    private final Map<String, Set<CompletableFuture<JobReport>>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public JobSignals(JobStore store, JobReports reports) {
        this.store = store;
        this.reports = reports;
    }

    /**
     * Completes when a job has ended, and fails with a {@link JobStoppedException} when it waits for a person. Who stops
     * waiting
     * must {@link #forget} it.
     */
    public CompletableFuture<JobReport> end(String job) {
        CompletableFuture<JobReport> end = new CompletableFuture<>();
        waiting.compute(job, (name, others) -> {
            Set<CompletableFuture<JobReport>> all = others == null ? new HashSet<>() : others;
            all.add(end);
            return all;
        });
        if (closed) {
            close();
        } else {
            changed(job);
        }
        return end;
    }

    public void forget(String job, CompletableFuture<JobReport> end) {
        waiting.computeIfPresent(job, (name, all) -> all.remove(end) && all.isEmpty() ? null : all);
    }

    /** The number of those who wait. */
    public int count() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    /** A job has changed: was written, or deleted. */
    public void changed(String job) {
        if (!waiting.containsKey(job)) {
            return;
        }
        Optional<JobRow> row = store.job(job);
        if (row.isEmpty()) {
            complete(job, end -> end.completeExceptionally(gone(job)));
        } else if (row.get().state().isTerminal()) {
            JobReport report = reports.report(row.get());
            complete(job, end -> end.complete(report));
        } else if (row.get().isAtRest()) {
            JobStoppedException stopped = stopped(row.get(), reports.report(row.get()));
            complete(job, end -> end.completeExceptionally(stopped));
        }
    }

    /** A job waits for a person. */
    public static JobStoppedException stopped(JobRow job, JobReport report) {
        return new JobStoppedException("Job \"%s\" is %s: %s".formatted(job.name(), job.state().name().toLowerCase(Locale.ROOT),
                job.reason()), report);
    }

    private void complete(String job, Consumer<CompletableFuture<JobReport>> how) {
        Set<CompletableFuture<JobReport>> all = waiting.remove(job);
        if (all != null) {
            all.forEach(how);
        }
    }

    public static IllegalStateException gone(String job) {
        return new IllegalStateException("Job \"%s\" does not exist any more".formatted(job));
    }

    /** Ends all waits. */
    public void close() {
        closed = true;
        Set.copyOf(waiting.keySet()).forEach(job -> complete(job, end -> end.completeExceptionally(
                new CancellationException("The application stops; its next start continues the job"))));
    }
}
