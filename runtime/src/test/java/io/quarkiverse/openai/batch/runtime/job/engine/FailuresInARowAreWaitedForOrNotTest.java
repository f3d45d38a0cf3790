package io.quarkiverse.openai.batch.runtime.job.engine;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

class FailuresInARowAreWaitedForOrNotTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static ProviderException answer(Kind kind) {
        return new ProviderException(kind, kind.name(), null, null);
    }

    private static Trouble after(Exception... failures) {
        Trouble trouble = null;
        for (int i = 0; i < failures.length; i++) {
            trouble = FailureStreak.and(trouble, failures[i], NOW.plusSeconds(i));
        }
        return trouble;
    }

    private static Exception[] times(int times, Exception failure) {
        return Collections.nCopies(times, failure).toArray(Exception[]::new);
    }

    @ParameterizedTest
    @CsvSource({ "TRANSIENT, false", "BUSY, false", "OPEN, false", "NOT_FOUND, false", "NOT_READY, false",
            "UNSUPPORTED, false", "GONE, true", "TOO_LARGE, true", "REFUSED, true" })
    void theFirstFailureNeedsAPersonIfItDoesNotPass(Kind kind, boolean needed) {
        Exception failure = answer(kind);
        assertThat(FailureStreak.needsAPerson(after(failure), failure, SettableClock.at(NOW))).isEqualTo(needed);
    }

    @Test
    void aBrokenConnectionNeverNeedsOne() {
        IOException broken = new IOException("reset");
        assertThat(
                FailureStreak.needsAPerson(after(times(1000, broken)), broken, SettableClock.at(NOW.plus(Duration.ofDays(4)))))
                .isFalse();
    }

    @Test
    void damagedResultsNeedOneAtOnce(@TempDir Path root) {
        ChunkRow collected = Rows.chunk("a", 1).in(ChunkState.COLLECTED);
        ChunkRow row = collected.with(ChunkFile.RESULT_INDEX, new StoredFile("results-index-1.bin", 1, "00"))
                .with(ChunkFile.RESULTS, new StoredFile("results-1.jsonl", 1, "00"));
        Exception damaged = catchException(
                () -> new ChunkResults(JobDirectory.readOnly(root), row).open(0, line -> true));
        for (Exception failure : List.of(damaged, new UncheckedIOException((IOException) damaged))) {
            assertThat(FailureStreak.needsAPerson(after(failure), failure, SettableClock.at(NOW))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 10, false", "2, 10, false", "3, 9, false", "3, 10, true", "20, 9, false", "4, 11, true" })
    void aFileThatIsNotFoundNeedsOneAfterThreeTimesOverTenMinutes(int times, int minutes, boolean needed) {
        Exception absent = answer(Kind.NOT_FOUND);
        assertThat(FailureStreak.needsAPerson(after(times(times, absent)), absent,
                SettableClock.at(NOW.plus(Duration.ofMinutes(minutes)))))
                .isEqualTo(needed);
    }

    @Test
    void theTenMinutesBeginAgainAfterAnotherFailure() {
        Exception absent = answer(Kind.NOT_FOUND);
        Trouble trouble = after(absent, absent, answer(Kind.TRANSIENT), absent);
        assertThat(trouble.times()).isEqualTo(4);
        assertThat(trouble.since()).isEqualTo(NOW);
        assertThat(trouble.dubious()).isEqualTo(1);
        assertThat(trouble.dubiousSince()).isEqualTo(NOW.plusSeconds(3));
        assertThat(FailureStreak.needsAPerson(trouble, absent, SettableClock.at(NOW.plus(TEN_MINUTES)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "2, 2", "3, 4", "9, 256", "10, 300", "13, 300", "100, 300" })
    void pausesDoubleUpToFiveMinutes(int times, int seconds) {
        Trouble trouble = after(times(times, answer(Kind.TRANSIENT)));
        assertThat(trouble.next()).isEqualTo(NOW.plusSeconds(times - 1 + seconds));
    }

    @Test
    void peopleAreToldAfterTenMinutes() {
        Exception failure = answer(Kind.TRANSIENT);
        Trouble trouble = FailureStreak.and(null, failure, NOW);
        assertThat(trouble.lasts()).isFalse();
        trouble = FailureStreak.and(trouble, failure, NOW.plusSeconds(597));
        assertThat(trouble.lasts()).isFalse();
        assertThat(FailureStreak.and(trouble, failure, NOW.plusSeconds(598)).lasts()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "No space left on device", "File too large", "Disk quota exceeded",
            "/jobs/x: Read-only file system" })
    void ofADiskThatTakesNoMoreTheyAreToldAtOnce(String failure) {
        assertThat(FailureStreak.and(null, new IOException(failure), NOW).lasts()).isTrue();
        assertThat(FailureStreak.and(null, new UncheckedIOException(new IOException(failure)), NOW).lasts()).isTrue();
    }

    /** The clock of a machine may be set while no process runs. */
    @Test
    void theMinutesAreThoseOfOneProcess() {
        Exception absent = answer(Kind.NOT_FOUND);
        Instant later = NOW.plus(Duration.ofHours(1));

        assertThat(FailureStreak.needsAPerson(after(times(3, absent)), absent, SettableClock.startedAt(later))).isFalse();
        assertThat(FailureStreak.needsAPerson(after(times(3, absent)), absent, SettableClock.at(later))).isTrue();
    }
}
