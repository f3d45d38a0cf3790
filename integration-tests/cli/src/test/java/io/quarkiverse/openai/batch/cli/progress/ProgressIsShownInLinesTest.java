package io.quarkiverse.openai.batch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;

class ProgressIsShownInLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private Progress lines(long lines) {
        return new ProgressLines(new PrintStream(out), lines, () -> now);
    }

    private static JobProgress running(long done, int collected, long tokens, BigDecimal cost) {
        return new JobProgress(JobState.RUNNING, 61_894, true, 0, done, 1, 2, collected, tokens, cost, null);
    }

    @Test
    void atEachChangeOfState() {
        try (Progress progress = lines(10)) {
            progress.show(new JobProgress(JobState.RUNNING, 4, false, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO, null));
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 0, 3, 2, 3, 1, 120, null, null));
            progress.show(new JobProgress(JobState.CANCELLING, 10, true, 4, 3, 1, 3, 1, 120, null, null));
            progress.show(new JobProgress(JobState.CANCELLED, 10, true, 10, 0, 0, 3, 3, 120, null, null));
        }
        assertThat(out.toString().lines()).containsExactly("running: 0 of 10 lines, 0 batches under way",
                "cancelling: 7 of 10 lines, 1 of 3 chunks, 1 batch under way, 120 tokens",
                "cancelled: 10 of 10 lines, 3 of 3 chunks, 0 batches under way, 120 tokens");
    }

    @Test
    void andEveryFewSecondsWithTheTimeLeft() {
        try (Progress progress = lines(61_894)) {
            progress.show(running(0, 0, 0, BigDecimal.ZERO));
            after(30, () -> progress.show(running(1_200, 0, 0, BigDecimal.ZERO)));
            after(4, () -> progress.show(running(1_300, 0, 0, BigDecimal.ZERO)));
            after(346, () -> progress.show(running(41_200, 1, 812_345, new BigDecimal("1.239"))));
        }
        assertThat(out.toString().lines()).containsExactly("running: 0 of 61,894 lines, 0 of 2 chunks, 1 batch under way",
                "running: 1,200 of 61,894 lines, 0 of 2 chunks, 1 batch under way",
                "running: 41,200 of 61,894 lines, 1 of 2 chunks, 1 batch under way, 812,345 tokens, 1.24, about 3 min left");
    }

    @Test
    void andWhatFails() {
        try (Progress progress = lines(10)) {
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 0, 0, 0, 1, 0, 0, BigDecimal.ZERO,
                    "Chunk 1 has failed 2 times: no route to host"));
        }
        assertThat(out.toString().lines()).containsExactly("running: 0 of 10 lines, 0 of 1 chunk, 0 batches under way. "
                + "Chunk 1 has failed 2 times: no route to host");
    }

    @Test
    void whichIsInSecondsMinutesOrHours() {
        assertThat(ProgressText.timeLeft(Duration.ofMillis(3))).isEqualTo("about 1 s left");
        assertThat(ProgressText.timeLeft(Duration.ofSeconds(59))).isEqualTo("about 59 s left");
        assertThat(ProgressText.timeLeft(Duration.ofSeconds(110))).isEqualTo("about 1 min left");
        assertThat(ProgressText.timeLeft(Duration.ofMinutes(135))).isEqualTo("about 2 h 15 min left");
    }

    @Test
    void orOnABar() {
        try (Progress progress = new ProgressBarOnTerminal(new PrintStream(out), 10, () -> now)) {
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 1, 0, 2, 3, 1, 120, new BigDecimal("0.5"), null));
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 1, 1, 2, 3, 1, 120, new BigDecimal("0.5"), null));
            after(7, () -> progress.show(
                    new JobProgress(JobState.RUNNING, 10, true, 1, 2, 2, 3, 1, 120, new BigDecimal("0.5"), null)));
        }
        assertThat(out.toString()).contains("3/10", "/ 0:00:49)", "running, 1 of 3 chunks, 2 batches");
    }

    private void after(long seconds, Runnable step) {
        now = now.plusSeconds(seconds);
        step.run();
    }
}
