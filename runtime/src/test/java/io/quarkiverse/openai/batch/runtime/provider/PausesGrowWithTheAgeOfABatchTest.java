package io.quarkiverse.openai.batch.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Polls;

class PausesGrowWithTheAgeOfABatchTest {

    @ParameterizedTest
    @CsvSource({ "PT-5S,PT1S", "PT0S,PT1S", "PT10S,PT1S", "PT11S,PT1.1S", "PT100S,PT10S", "PT10M,PT1M", "PT24H,PT1M" })
    void aTenthOfItWithinTheBounds(Duration age, Duration pause) {
        assertThat(new Polls(Duration.ofSeconds(1), Duration.ofMinutes(1)).after(age)).isEqualTo(pause);
    }
}
