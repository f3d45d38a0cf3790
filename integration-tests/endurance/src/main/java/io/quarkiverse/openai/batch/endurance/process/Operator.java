package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/**
 * What a person does with the job of a process.
 *
 * @param pauseAfter the time after which it is paused; zero for never
 * @param cancelAfter the time after which it is cancelled; zero for never
 * @param deadline the time from the start of its clock to the job's deadline, by that clock; zero for none
 * @param canary lines that are tried first; 0 for none
 * @param rerun whether lines that were certainly not paid are sent again when the job has ended
 */
public record Operator(Duration pauseAfter, Duration cancelAfter, Duration deadline, int canary, boolean rerun) {

    public static final Operator NOBODY = new Operator(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, false);

    private static final String SEPARATOR = ",";
    private static final int PATIENCE = 20;

    static Operator parse(String text) {
        List<String> parts = List.of(text.split(SEPARATOR));
        return new Operator(Duration.parse(parts.get(0)), Duration.parse(parts.get(1)), Duration.parse(parts.get(2)),
                Integer.parseInt(parts.get(3)), Boolean.parseBoolean(parts.get(4)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return String.join(SEPARATOR, pauseAfter.toString(), cancelAfter.toString(), deadline.toString(),
                Integer.toString(canary), Boolean.toString(rerun));
    }

    JobSpec of(JobSpec spec, SharedClock clock) {
        JobSpec limited = deadline.isZero() ? spec : spec.deadline(clock.start().plus(deadline));
        return canary == 0 ? limited : limited.canary(canary, 1);
    }

    /** Starts to act; a job that needs a person is helped by the thread that waits for it. */
    void take(BatchJob job, Hands hands) {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "operator");
            thread.setDaemon(true);
            return thread;
        });
        schedule(later, job::pause, pauseAfter);
        schedule(later, () -> hands.cancel(job), cancelAfter);
    }

    /** Resumes a job that needs a person; after some times in vain the person gives up. */
    void help(BatchJob job, int times, Hands hands) {
        if (times < PATIENCE) {
            job.resume();
        } else {
            hands.resign(job);
        }
    }

    private static void schedule(ScheduledExecutorService later, Runnable action, Duration after) {
        if (!after.isZero()) {
            later.schedule(action, after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether lines are sent again. */
    boolean rerun(BatchJob job) {
        return rerun && job.rerun(Set.of(Outcome.FAILED, Outcome.EXPIRED, Outcome.CANCELLED)) > 0;
    }
}
