package io.quarkiverse.openai.batch.endurance.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.openai.OpenAiProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * Makes the runners of a process, whose collaborators have points and may be mutants.
 *
 * @param time the true time
 * @param wall the clock that is set
 * @param stores of the jobs
 */
record Runners(ProcessOptions options, SharedClock time, JumpingClock wall, Stores stores, Points points) {

    private static final String SCRATCH = "scratch";

    JobRunner open(OpenAiBatch api, JobMethods methods) throws IOException {
        SteadyClock clock = new SteadyClock(stores.wall(time, wall),
                options.mutant().countsByTheWall() ? () -> nanos(wall.instant()) : time::nanos);
        JobClient client = points.of(options.mutant().of(new JobClient(
                new OpenAiProvider(api.batches(), api.files(), "batch", () -> {
                }), settings(), options.account())));
        Scratch scratch = new Scratch(options.directory().resolve(SCRATCH));
        Stores.Open open = stores.open(clock, scratch);
        JobRunner runner = new JobRunner(
                new JobEnvironment(points.of(options.mutant().of(open.store())), open.queue(), open.files(),
                        scratch, clock, name -> client, Traces.NONE),
                methods, (changed, event) -> {
                });
        open.onRenewal().accept(runner::recheck);
        return runner;
    }

    private JobSettings settings() {
        LineLimits limits = LineLimits.OPENAI.withRequests(options.linesAChunk());
        return JobSettings.of(options.hasLargeChunks() ? limits.withBytes(JobProcess.MOST_BYTES) : limits)
                .withPolls(options.shortestPoll(), Duration.ofMinutes(1)).withCancelTimeout(JobProcess.CANCEL_TIMEOUT)
                .withRetention(options.results(), options.providerFiles(), Optional.empty())
                .withInvalid(new InvalidAnswers(Math.max(0, options.invalidAttempts()), options.invalidAttempts() == 2, false));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
