package io.quarkiverse.openai.batch.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.endurance.process.Mutants;
import io.quarkiverse.openai.batch.endurance.sweep.CrashSweep;
import io.quarkiverse.openai.batch.endurance.sweep.Dimension;
import io.quarkiverse.openai.batch.endurance.sweep.Misbehaviour;

/** A short sweep; {@code CrashSweep} is the long one. */
class AJobSurvivesCrashesIT {

    private static final long SEEDS = 16;

    @Test
    void everyLineHasOneAnswerAndNoneIsPaidTwice() {
        CrashSweep sweep = sweep("", "");
        assertThat(sweep.broken(0, SEEDS, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.halts()).hasSizeGreaterThan(5);
        assertThat(sweep.forbiddenMoves()).isEmpty();
    }

    @Test
    void andInvalidAnswersAreAskedForAgainAsOftenAsTheyMayBe() {
        CrashSweep sweep = sweep("INVALID", "");
        assertThat(sweep.broken(0, SEEDS, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.answeredAgain()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(emptyValue = "", textBlock = """
            CREATES_BLINDLY,    '',          ''
            ADOPTS_BY_NAME,     '',          ''
            COLLECTS_EARLY,     '',          ''
            ASKS_ONCE_MORE,     INVALID,     ''
            FORGETS_INVALID_TOKENS, INVALID, ''
            """)
    void theSweepFindsABrokenRule(Mutants.Kind mutant, String dimensions, String provider) {
        assertThat(sweep(dimensions, provider).broken(0, SEEDS, mutant, Duration.ofSeconds(60), true)).isNotEmpty();
    }

    private static CrashSweep sweep(String dimensions, String provider) {
        return new CrashSweep(Path.of("target", "quarkus-app", "quarkus-run.jar"),
                Path.of("target", "crash-sweep").toAbsolutePath(), 3, Dimension.parse(dimensions),
                Misbehaviour.parse(provider));
    }
}
