package io.quarkiverse.openai.batch.runtime.app;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.JobCounts;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;

/**
 * The state of the jobs of this process.
 *
 * @param up false if jobs are not run although they should be: the store cannot be written, or the engine has stopped
 * @param details what people should know of it, by name
 */
public record JobsStatus(boolean up, Map<String, String> details) {

    private static final Duration LONG_CALL = Duration.ofMinutes(10);

    /** No job was submitted, and none is stored. */
    static JobsStatus unused() {
        return new JobsStatus(true, Map.of("jobs", "none"));
    }

    /**
     * @param holder who runs the jobs
     */
    static JobsStatus standingBy(String holder) {
        return new JobsStatus(true, Map.of("jobs", "stands by", "holder", holder));
    }

    /**
     * @param directory null if they are not in one
     * @param location where they are
     */
    static JobsStatus of(JobRunner runner, Path directory, String location) {
        Map<String, String> details = new LinkedHashMap<>();
        String problem = problem(runner, directory);
        details.put("jobs", problem == null ? "runs" : problem);
        details.put(directory == null ? "datasource" : "directory", location);
        Map<JobState, Long> jobs = JobCounts.of(runner.environment()).jobs();
        for (JobState state : new JobState[] { JobState.RUNNING, JobState.PAUSED, JobState.INTERRUPTED, JobState.CANCELLING }) {
            if (jobs.containsKey(state)) {
                details.put(state.name().toLowerCase(Locale.ROOT), jobs.get(state).toString());
            }
        }
        long busy = runner.callsLongerThan(LONG_CALL);
        if (busy > 0) {
            details.put("busy", busy + " calls of sources, handlers or observers take longer than " + LONG_CALL.toMinutes()
                    + " minutes");
        }
        return new JobsStatus(problem == null, details);
    }

    /** Null if there is none. */
    private static String problem(JobRunner runner, Path directory) {
        try {
            runner.environment().store().requireOpen();
        } catch (EpochEndedException | UncheckedIOException e) {
            return "cannot be written: " + e.getMessage();
        }
        if (directory != null && !Files.isWritable(directory)) {
            return "cannot be written: the directory is missing or read-only";
        }
        return runner.environment().queue().isRunning() ? null : "the engine has stopped";
    }
}
