package io.quarkiverse.openai.batch.runtime.metrics;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.job.JobObserver;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Remote.Seen;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Counts what happens to the lines and batches of jobs, from the rows that are written. A counter begins at 0 with the process,
 * and never counts down: a line that is sent again is counted again when it has another outcome.
 */
@ApplicationScoped
public class JobMetrics implements JobObserver {

    private static final String PREFIX = "openai.batch.";
    private static final String LINES = "lines";

    private final MeterRegistry registry;
    private final Set<String> tagsOfJobs;
    private volatile JobTags tags;

    JobMetrics(MeterRegistry registry, OpenAiBatchRuntimeConfig config) {
        this.registry = registry;
        this.tagsOfJobs = JobTags.configured(config);
    }

    @Override
    public void opened(JobRunner jobs) {
        this.tags = new JobTags(jobs.environment(), tagsOfJobs);
        new JobGauges(jobs).register(registry, PREFIX);
    }

    @Override
    public void deleted(JobRow job) {
        tags.forget(job.name());
    }

    @Override
    public void changed(ChunkRow before, ChunkRow after) {
        countBatches(before, after);
        countBytes(before, after);
        count("step.failures", "failures", failures(after) - failures(before), tags.of(after));
        count("undelivered", LINES, after.handed().failures() - before.handed().failures(), tags.of(after));
        if (!after.tally().equals(before.tally())) {
            countLines(before.tally(), after.tally(), tags.of(after));
            countTokens(after, before.tally());
        }
    }

    private void countBatches(ChunkRow before, ChunkRow after) {
        Seen batch = after.remote().batch();
        Seen earlier = before.remote().batch();
        if (batch == null) {
            return;
        }
        boolean created = earlier == null || !earlier.id().equals(batch.id());
        count("created", "batches", created ? 1 : 0, tags.of(after));
        boolean ended = batch.state().isTerminal() && (created || !earlier.state().isTerminal());
        count("ended", "batches", ended ? 1 : 0, tags.of(after).and("state", text(batch.state())));
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void countBytes(ChunkRow before, ChunkRow after) {
        boolean uploaded = after.remote().fileId() != null && !after.remote().fileId().equals(before.remote().fileId());
        count("uploaded", "bytes", uploaded ? after.input().bytes() : 0, tags.of(after));
        StoredFile results = after.files().get(ChunkFile.RESULTS);
        boolean stored = results != null && !results.equals(before.files().get(ChunkFile.RESULTS));
        count("stored", "bytes", stored ? results.bytes() : 0, tags.of(after));
    }

    private static long failures(ChunkRow chunk) {
        return chunk.waiting().trouble() == null ? 0 : chunk.waiting().trouble().times();
    }

    private void countLines(Tally before, Tally after, Tags of) {
        for (Outcome outcome : Outcome.values()) {
            count(LINES, LINES, after.of(outcome) - before.of(outcome),
                    of.and("outcome", outcome.name().toLowerCase(Locale.ROOT)));
        }
        count("billed", LINES, after.paid() - before.paid(), of.and("payment", "paid"));
        count("billed", LINES, after.unpaid() - before.unpaid(), of.and("payment", "unpaid"));
        count("billed", LINES, after.paymentUnknown() - before.paymentUnknown(), of.and("payment", "unknown"));
        count("resent", LINES, resent(after) - resent(before), of);
    }

    private static long resent(Tally tally) {
        return tally.resent() + tally.resentUnknown() + tally.resentInvalid();
    }

    private void countTokens(ChunkRow chunk, Tally earlier) {
        Usage usage = chunk.tally().usage();
        Usage before = earlier.usage();
        Tags of = tags.of(chunk).and("model", tags.model(chunk.input().model()));
        count("tokens", "tokens", usage.inputTokens() - before.inputTokens(), of.and("kind", "input"));
        count("tokens", "tokens", usage.cachedTokens() - before.cachedTokens(), of.and("kind", "cached_input"));
        count("tokens", "tokens", usage.outputTokens() - before.outputTokens(), of.and("kind", "output"));
        count("tokens", "tokens", usage.reasoningTokens() - before.reasoningTokens(), of.and("kind", "reasoning"));
        Prices prices = tags.prices(chunk);
        BigDecimal cost = prices.cost(chunk.input().model(), usage.minus(before),
                chunk.tally().longPrompts().minus(earlier.longPrompts()));
        if (cost != null) {
            count("cost", null, cost.doubleValue(), of);
        }
    }

    /**
     * @param unit null for none
     */
    private void count(String name, String unit, double more, Tags with) {
        if (more > 0) {
            Counter.builder(PREFIX + name).baseUnit(unit).tags(with).register(registry).increment(more);
        }
    }
}
