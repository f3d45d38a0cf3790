package io.quarkiverse.openai.batch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheTimeLeftIsThatOfThePaceTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Pace pace = new Pace(100, START);

    @ParameterizedTest
    @CsvSource({ "PT10S, 200, PT1M20S", "PT1M, 550, PT1M", "PT1H, 999, PT4.004S", "PT1M, 101, PT14H59M" })
    void asLongAsTheOthersTakeAtIt(Duration taken, long done, Duration left) {
        assertThat(pace.timeLeft(done, 1000, START.plus(taken))).contains(left);
    }

    @Test
    void andNotKnownBeforeALineIsDone() {
        assertThat(pace.timeLeft(100, 1000, START.plusSeconds(10))).isEmpty();
        assertThat(pace.timeLeft(90, 1000, START.plusSeconds(10))).isEmpty();
    }

    @Test
    void norInNoTime() {
        assertThat(pace.timeLeft(200, 1000, START)).isEmpty();
        assertThat(pace.timeLeft(200, 1000, START.minusSeconds(1))).isEmpty();
    }

    @Test
    void norWhenAllAreDone() {
        assertThat(pace.timeLeft(1000, 1000, START.plusSeconds(10))).isEmpty();
    }
}
