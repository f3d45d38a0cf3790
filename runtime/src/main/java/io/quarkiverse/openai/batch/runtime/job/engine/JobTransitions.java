package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;

/** Takes jobs that are under way to another state. */
public final class JobTransitions {

    private static final Logger LOG = Logger.getLogger(JobTransitions.class);

    private final JobStore store;
    private final SteadyClock clock;
    private final JobTasks tasks;
    private final UserCode user;

    public JobTransitions(JobStore store, SteadyClock clock, JobTasks tasks, UserCode user) {
        this.store = store;
        this.clock = clock;
        this.tasks = tasks;
        this.user = user;
    }

    /** Stops all work for a job until a person resumes it. */
    public void pause(String job, PauseException e) {
        Optional<JobRow> running = store.job(job).filter(JobRow::isUnderWay);
        if (running.isPresent()) {
            LOG.warnf("Job %s is paused: %s", job, e.getMessage());
        }
        change(job, row -> e.isFor(row) ? row.paused(e.getMessage(), e.question()) : row);
        // room that was kept for it is for others
        running.ifPresent(row -> tasks.admit(row.account()));
    }

    /**
     * Ends a job before all its lines are answered.
     *
     * @param reason null if it was asked for
     */
    public void stop(String job, Stop how, String reason) {
        LOG.infof("Job %s is stopped%s", job, reason == null ? "" : ": " + reason);
        JobRow stopped = store.change(job,
                row -> row.state().isTerminal() ? row : row.stopped(how, reason, clock.instant()));
        user.interrupt(Kind.SOURCE, job);
        wake(stopped);
    }

    /** Schedules everything there is to do for a job that has changed. */
    public void wake(JobRow job) {
        tasks.wake(job);
    }

    /** Changes a job unless it has ended or is paused. */
    void change(String job, UnaryOperator<JobRow> change) {
        store.change(job, row -> row.isUnderWay() ? change.apply(row) : row);
    }
}
