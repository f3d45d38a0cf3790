package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.openai.batch.job.JobFinished;
import io.quarkiverse.openai.batch.job.JobPaused;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobProgressed;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;

/**
 * Notifies waiting callers and the listener when a job changes. The end of a job is announced until the store has that; so it
 * is announced again after a crash in between.
 */
public final class Announcements {

    private final JobStore store;
    private final JobSignals signals;
    private final JobListener listener;
    private final JobReports reports;
    private final Map<String, JobProgress> told = new ConcurrentHashMap<>();

    public Announcements(JobStore store, JobSignals signals, JobListener listener, JobReports reports) {
        this.store = store;
        this.signals = signals;
        this.listener = listener;
        this.reports = reports;
    }

    /** A job may have changed. */
    public void changed(String name) {
        store.job(name).ifPresent(this::announce);
        signals.changed(name);
    }

    /** A job is gone; those who wait for it look for it once more. */
    public void deleted(String name) {
        told.remove(name);
        signals.changed(name);
    }

    private void announce(JobRow job) {
        JobProgress progress = reports.progress(job);
        if (isGone(job)) {
            return;
        }
        JobProgress before = told.put(job.name(), progress);
        if (progress.equals(before)) {
            return;
        }
        listener.happened(job.name(), new JobProgressed(job.name(), progress));
        boolean sameState = before != null && before.state() == job.state();
        if (!sameState && (job.state() == JobState.PAUSED || job.state() == JobState.INTERRUPTED)) {
            listener.happened(job.name(), new JobPaused(job.name(), job.reason(), reports.report(job)));
        } else if (job.state().isTerminal() && !job.announced()) {
            finished(job, reports.report(job));
        }
    }

    private void finished(JobRow job, JobReport report) {
        if (isGone(job)) {
            return;
        }
        listener.happened(job.name(), new JobFinished(job.name(), report));
        try {
            store.change(job.name(), row -> job.endedAt().equals(row.endedAt()) ? row.withAnnounced() : row);
        } catch (StaleRowException deleted) {
            // by the listener, perhaps
        }
    }

    /** Whether a job was deleted while it was looked at, so that chunks may have been overlooked. */
    private boolean isGone(JobRow job) {
        return store.job(job.name()).isEmpty();
    }
}
