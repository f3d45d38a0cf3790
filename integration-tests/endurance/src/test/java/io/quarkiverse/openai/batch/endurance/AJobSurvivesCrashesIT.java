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
import io.quarkiverse.openai.batch.endurance.sweep.Store;

/** A short sweep; {@code CrashSweep} is the long one. */
class AJobSurvivesCrashesIT {

    private static final long SEEDS = 16;
    private static final long SEEDS_IN_A_DATABASE = 6;

    @Test
    void everyLineHasOneAnswerAndNoneIsPaidTwice() {
        CrashSweep sweep = sweep("", "", Store.DIRECTORY);
        assertThat(sweep.broken(0, SEEDS, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.halts()).hasSizeGreaterThan(5);
        assertThat(sweep.forbiddenMoves()).isEmpty();
    }

    @Test
    void alsoInADatabase() {
        CrashSweep sweep = sweep("INVALID,CLOSE,USER_CODE", "", Store.DATABASE);
        assertThat(sweep.broken(0, SEEDS_IN_A_DATABASE, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.halts()).hasSizeGreaterThan(3);
        assertThat(sweep.forbiddenMoves()).isEmpty();
    }

    @Test
    void andInvalidAnswersAreAskedForAgainAsOftenAsTheyMayBe() {
        CrashSweep sweep = sweep("INVALID", "", Store.DIRECTORY);
        assertThat(sweep.broken(0, SEEDS, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.answeredAgain()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(emptyValue = "", textBlock = """
            CREATES_BLINDLY,    '',          '', DIRECTORY
            ADOPTS_BY_NAME,     '',          '', DIRECTORY
            COLLECTS_EARLY,     '',          '', DIRECTORY
            ASKS_ONCE_MORE,     INVALID,     '', DIRECTORY
            FORGETS_INVALID_TOKENS, INVALID, '', DIRECTORY
            WRITES_AFTER_CLOSE, CLOSE,       '', DATABASE
            """)
    void theSweepFindsABrokenRule(Mutants.Kind mutant, String dimensions, String provider, Store store) {
        assertThat(sweep(dimensions, provider, store).broken(0, SEEDS, mutant, Duration.ofSeconds(60), true)).isNotEmpty();
    }

    private static CrashSweep sweep(String dimensions, String provider, Store store) {
        return new CrashSweep(Path.of("target", "quarkus-app", "quarkus-run.jar"),
                Path.of("target", "crash-sweep").toAbsolutePath(), 3, Dimension.parse(dimensions),
                Misbehaviour.parse(provider), store);
    }
}
