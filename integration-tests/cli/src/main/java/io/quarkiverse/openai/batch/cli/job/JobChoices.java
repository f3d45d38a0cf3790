package io.quarkiverse.openai.batch.cli.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.job.JobSpec;

/**
 * What the user says of the job.
 *
 * @param maxTokens how many tokens it may use
 * @param maxCost what it may cost
 * @param canary how many lines are tried first
 * @param deadline how long it may take from its first submission on
 * @param tags metadata of its batches
 */
public record JobChoices(Optional<Long> maxTokens, Optional<BigDecimal> maxCost, Optional<Integer> canary,
        Optional<Duration> deadline, Map<String, String> tags) {

    private static final JobChoices NONE = new JobChoices(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Map.of());

    /** The specification with them. */
    public JobSpec of(JobSpec spec, Instant now) {
        JobSpec chosen = spec;
        if (maxTokens.isPresent()) {
            chosen = chosen.maxTokens(maxTokens.get());
        }
        if (maxCost.isPresent()) {
            chosen = chosen.maxCost(maxCost.get());
        }
        if (canary.isPresent()) {
            chosen = chosen.canary(canary.get());
        }
        if (deadline.isPresent()) {
            chosen = chosen.deadline(now.plus(deadline.get()));
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            chosen = chosen.tag(tag.getKey(), tag.getValue());
        }
        return chosen;
    }

    /** Tells them apart from others; empty if nothing was chosen. */
    public String version() {
        return equals(NONE) ? "" : toString();
    }
}
