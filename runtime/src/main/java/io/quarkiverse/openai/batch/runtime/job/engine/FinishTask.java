package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.setup.GivingUp;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.spool.Spool;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;

/** Ends a job whose chunks are done, or stops it at its deadline. */
final class FinishTask {

    private final JobEnvironment jobs;
    private final JobTransitions transitions;
    private final Spool spool;
    private final Finish finish;
    private final AccountCheck account;
    private final GivingUp givingUp;

    FinishTask(JobEnvironment jobs, JobTransitions transitions, Spool spool,
            AccountCheck account) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.spool = spool;
        this.account = account;
        this.givingUp = new GivingUp(jobs);
        this.finish = new Finish(jobs.store(), jobs.clock());
    }

    /** When to run it again; empty for not again. */
    Optional<Instant> run(String name) {
        Optional<JobRow> job = jobs.store().job(name).filter(JobRow::isUnderWay);
        if (job.isEmpty()) {
            return Optional.empty();
        }
        JobRow row = job.get();
        Instant deadline = row.terms().deadline();
        boolean due = deadline != null && !row.isCancelled();
        if (due && !deadline.isAfter(jobs.clock().wall())) {
            transitions.stop(name, Stop.CANCEL,
                    "Its deadline, %s, has passed. What was not answered by then is cancelled".formatted(deadline));
            return Optional.empty();
        }
        if (row.isStopped() && !row.spooled()) {
            spool.abandon(name);
            row = jobs.store().job(name).orElseThrow();
        }
        if (givingUp.isDue(row)) {
            finish.run(row, null);
            return Optional.empty();
        }
        JobClient client = jobs.client(row);
        account.run(row, client);
        boolean waits = !finish.run(row, client);
        if (waits) {
            return Optional.of(jobs.clock().instant().plus(client.settings().longestPoll()));
        }
        return due && jobs.store().job(name).filter(JobRow::isUnderWay).isPresent()
                ? Optional.of(jobs.clock().at(deadline))
                : Optional.empty();
    }
}
