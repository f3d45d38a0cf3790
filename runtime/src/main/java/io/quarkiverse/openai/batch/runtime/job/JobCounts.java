package io.quarkiverse.openai.batch.runtime.job;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.job.admission.Waits;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * How many jobs and chunks there are now. It takes as long as it takes to read the rows of the jobs that have not ended.
 *
 * @param jobs by state; of those that have ended, those of the last hour
 * @param chunks by state, of jobs that have not ended
 * @param waits what jobs wait for: chunks, or jobs where it is not a chunk that waits
 */
public record JobCounts(Map<JobState, Long> jobs, Map<ChunkState, Long> chunks, Map<WaitsFor, Long> waits) {

    public static JobCounts of(JobEnvironment environment) {
        JobCounts counts = new JobCounts(new EnumMap<>(JobState.class), new EnumMap<>(ChunkState.class),
                new EnumMap<>(WaitsFor.class));
        environment.store().recent().forEach(job -> counts.add(job, environment));
        return counts;
    }

    private void add(JobRow job, JobEnvironment environment) {
        jobs.merge(job.state(), 1L, Long::sum);
        if (job.state().isTerminal()) {
            return;
        }
        List<ChunkRow> ofJob = environment.store().chunks(job.name());
        ofJob.forEach(chunk -> chunks.merge(chunk.state(), 1L, Long::sum));
        Waits.of(job, ofJob, prices(job, environment))
                .forEach(wait -> waits.merge(wait.what(), (long) Math.max(1, wait.chunks()), Long::sum));
    }

    /** None if the client is not configured any more. */
    private static Prices prices(JobRow job, JobEnvironment environment) {
        try {
            return environment.client(job).settings().prices();
        } catch (ConfigurationException clientIsGone) {
            return Prices.none();
        }
    }
}
