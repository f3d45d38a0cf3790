package io.quarkiverse.openai.batch.runtime.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.JobCounts;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** What there is now. The rows are counted once for all gauges of a scrape, at most once a second. */
final class JobGauges {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final JobRunner jobs;
    private JobCounts counts;
    private long countedAt;

    JobGauges(JobRunner jobs) {
        this.jobs = jobs;
    }

    void register(MeterRegistry registry, String prefix) {
        for (JobState state : JobState.values()) {
            gauge(registry, prefix + "jobs", "jobs", "state", state, all -> all.jobs().getOrDefault(state, 0L));
        }
        for (ChunkState state : ChunkState.values()) {
            gauge(registry, prefix + "chunks", "chunks", "state", state, all -> all.chunks().getOrDefault(state, 0L));
        }
        for (WaitsFor what : WaitsFor.values()) {
            gauge(registry, prefix + "waiting", "chunks", "for", what, all -> all.waits().getOrDefault(what, 0L));
        }
        Gauge.builder(prefix + "look.age", this, JobGauges::ageOfTheOldestLook).baseUnit("seconds").strongReference(true)
                .description(
                        "The time since the batches of a client were last looked at, of the client for which it is longest; 0 "
                                + "if there are none")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String unit, String tag, Enum<?> value,
            ToDoubleFunction<JobCounts> of) {
        Gauge.builder(name, this, gauges -> of.applyAsDouble(gauges.counts())).baseUnit(unit).strongReference(true)
                .tag(tag, value.name().toLowerCase(Locale.ROOT)).register(registry);
    }

    private synchronized JobCounts counts() {
        if (counts == null || System.nanoTime() - countedAt > FRESH.toNanos()) {
            counts = JobCounts.of(jobs.environment());
            countedAt = System.nanoTime();
        }
        return counts;
    }

    private double ageOfTheOldestLook() {
        Instant now = jobs.environment().clock().instant();
        return jobs.looks().values().stream().min(Comparator.naturalOrder())
                .map(look -> Duration.between(look, now).toMillis() / 1_000.0).orElse(0.0);
    }
}
