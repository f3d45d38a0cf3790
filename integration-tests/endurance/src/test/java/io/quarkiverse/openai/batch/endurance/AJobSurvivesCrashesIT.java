package io.quarkiverse.openai.batch.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.endurance.process.Mutants;
import io.quarkiverse.openai.batch.endurance.sweep.CrashSweep;

/** A short sweep; {@code CrashSweep} is the long one. */
class AJobSurvivesCrashesIT {

    private static final long SEEDS = 24;

    private final CrashSweep sweep = new CrashSweep(Path.of("target", "quarkus-app", "quarkus-run.jar"),
            Path.of("target", "crash-sweep").toAbsolutePath(), 3);

    @Test
    void everyLineHasOneAnswerAndNoneIsPaidTwice() {
        assertThat(sweep.broken(0, SEEDS, Mutants.Kind.NONE, Duration.ofMinutes(3), false)).isEmpty();
        assertThat(sweep.halts()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(value = Mutants.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSweepFindsABrokenRule(Mutants.Kind mutant) {
        List<String> broken = sweep.broken(0, SEEDS, mutant, Duration.ofSeconds(60), true);
        assertThat(broken).isNotEmpty();
    }
}
