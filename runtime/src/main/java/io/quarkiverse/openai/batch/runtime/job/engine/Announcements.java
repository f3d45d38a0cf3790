package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.job.event.JobPaused;
import io.quarkiverse.openai.batch.job.event.JobProgressed;
import io.quarkiverse.openai.batch.runtime.job.log.JobLog;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;
import io.quarkiverse.openai.batch.runtime.job.user.UserCodeException;

/**
 * Tells the listener what happened to a job. The end of a job is announced until the store has that; so it is announced again
 * after a crash in between.
 */
public final class Announcements {

    private final JobStore store;
    private final JobListener listener;
    private final JobReports reports;
    private final UserCode user;
    private final Map<String, JobProgress> told = new ConcurrentHashMap<>();
    /** Ends that were told, as long as the store may not have that. */
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    public Announcements(JobStore store, JobListener listener, JobReports reports, UserCode user) {
        this.store = store;
        this.listener = listener;
        this.reports = reports;
        this.user = user;
    }

    /** Tells what has changed about a job since it was last told. No lock may be held. */
    public void announce(String name) {
        Optional<JobRow> job = store.job(name);
        if (job.isEmpty() || job.get().announced()) {
            told.remove(name);
            ends.remove(name);
            return;
        }
        announce(job.get());
    }

    private void announce(JobRow job) {
        JobProgress progress = reports.progress(job);
        JobProgress before = isGone(job) ? progress : told.put(job.name(), progress);
        if (!progress.equals(before)) {
            tell(job, new JobProgressed(job.name(), progress));
        }
        boolean sameState = before != null && before.state() == job.state();
        if (job.state().isTerminal()) {
            finished(job, reports.report(job));
        } else if (job.isAtRest() && !sameState) {
            tell(job, new JobPaused(job.name(), job.reason(), reports.report(job)));
        }
    }

    private void finished(JobRow job, JobReport report) {
        if (isGone(job)) {
            return;
        }
        if (!job.endedAt().equals(ends.put(job.name(), job.endedAt()))) {
            JobLog.ended(report, reports.leavesOthers(job.name()));
            tell(job, new JobFinished(job.name(), report));
        }
        try {
            store.change(job.name(), row -> job.endedAt().equals(row.endedAt()) ? row.withAnnounced() : row);
        } catch (StaleRowException deleted) {
            // by the listener, perhaps
        }
    }

    private void tell(JobRow job, Object event) {
        try {
            user.call(Kind.OBSERVER, job.name(), () -> {
                listener.happened(job.name(), event);
                return null;
            });
        } catch (UserCodeException e) {
            user.log(e, "An observer of %s failed for job %s".formatted(event.getClass().getSimpleName(), job.name()));
        }
    }

    /** Whether a job was deleted while it was looked at, so that chunks may have been overlooked. */
    private boolean isGone(JobRow job) {
        return store.job(job.name()).isEmpty();
    }
}
