package io.quarkiverse.openai.batch.emulator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @Test
    void speedOneIsASlowProvider() {
        Pace pace = new Pace(1);
        assertThat(pace.step()).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.toExecute(100)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.executedIn(Duration.ofMillis(1_999))).isEqualTo(199);
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0.000001, 0.3, 1, 7, 100, 1e6, 1e15, 1e300 })
    void theLastLineIsExecutedExactlyWhenItsTimeHasCome(double speed) {
        Pace pace = new Pace(speed);
        for (long lines : new long[] { 1, 3, 999, 50_000 }) {
            Duration time = pace.toExecute(lines);
            assertThat(pace.executedIn(time)).isGreaterThanOrEqualTo(lines);
            assertThat(pace.executedIn(time.minusNanos(1))).satisfiesAnyOf(
                    executed -> assertThat(executed).isLessThan(lines),
                    // So fast that lines share a nanosecond.
                    executed -> assertThat(pace.toExecute(1)).isLessThanOrEqualTo(Duration.ofNanos(1)));
        }
        assertThat(pace.executedIn(Duration.ofDays(400))).isPositive();
        assertThat(pace.executedIn(Duration.ofSeconds(-1))).isZero();
    }
}
