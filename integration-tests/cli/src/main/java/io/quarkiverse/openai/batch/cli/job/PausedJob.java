package io.quarkiverse.openai.batch.cli.job;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;

/** Pauses a job, in whatever process it runs. */
@Singleton
public class PausedJob {

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Inject
    ActiveJob activeJob;

    /**
     * How the job stands then.
     *
     * @throws IllegalStateException if it has ended, or the process that runs it does not let it go
     */
    public JobReport pause(JobFolder folder) throws InterruptedException {
        open(folder);
        try {
            BatchJob job = activeJob.get();
            job.pause();
            JobReport report = job.report();
            if (report.state() != JobState.PAUSED && report.state() != JobState.INTERRUPTED) {
                throw new IllegalStateException("Job %s has ended".formatted(folder.name()));
            }
            return report;
        } finally {
            activeJob.close();
        }
    }

    private void open(JobFolder folder) throws InterruptedException {
        PauseRequest request = new PauseRequest(folder);
        Instant end = Instant.now().plus(AT_MOST);
        while (!activeJob.tryOpen(folder, Prices.none())) {
            if (Instant.now().isAfter(end)) {
                request.take();
                throw new IllegalStateException(
                        "The process that runs job %s does not answer: stop it instead".formatted(folder.name()));
            }
            request.make();
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }
}
