package io.quarkiverse.openai.batch.runtime.job.setup;

import java.time.Duration;

/**
 * When requests that came one by one are submitted.
 *
 * @param lines how many of them
 * @param bytes how long they are together
 * @param age how long the first of them has waited
 */
public record Collecting(long lines, long bytes, Duration age) {

    static final Collecting DEFAULT = new Collecting(10_000, 100 << 20, Duration.ofMinutes(1));
}
