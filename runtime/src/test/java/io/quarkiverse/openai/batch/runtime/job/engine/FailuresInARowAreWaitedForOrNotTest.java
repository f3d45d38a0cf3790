package io.quarkiverse.openai.batch.runtime.job.engine;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class FailuresInARowAreWaitedForOrNotTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static BatchApiException answer(int status, String code, String param) {
        ApiError error = code == null && param == null ? null : new ApiError("type", "message", param, code);
        return new BatchApiException("status " + status,
                new BatchApiException.Details(status, Map.of(), error, "", 1, Duration.ZERO), null);
    }

    @ParameterizedTest
    @CsvSource({
            "0,,, false", "408,,, false", "409,,, false", "425,,, false", "429,,, false", "500,,, false", "503,,, false",
            "400,,, true", "401,,, true", "403,,, true", "413,,, true", "422,,, true",
            "429, insufficient_quota,, true", "429, billing_hard_limit_reached,, true", "429, rate_limit_exceeded,, false",
            "404,,, false", "400,, input_file_id, false", "400,, endpoint, true" })
    void theFirstFailureNeedsAPersonIfItDoesNotPass(int status, String code, String param, boolean needed) {
        Exception failure = answer(status, code, param);
        assertThat(FailureStreak.NONE.and(failure, NOW).needsAPerson(failure, NOW)).isEqualTo(needed);
    }

    @Test
    void aBrokenConnectionNeverNeedsOne() {
        IOException broken = new IOException("reset");
        FailureStreak streak = FailureStreak.NONE;
        for (int i = 0; i < 1000; i++) {
            streak = streak.and(broken, NOW.plusSeconds(300L * i));
        }
        assertThat(streak.needsAPerson(broken, NOW.plus(Duration.ofDays(4)))).isFalse();
    }

    @Test
    void damagedResultsNeedOneAtOnce(@TempDir Path root) {
        ChunkRow collected = Rows.chunk("a", 1).in(ChunkState.COLLECTED);
        ChunkRow row = collected.with(collected.remote().withAnswers(new ChunkRow.Answers(List.of(), null, 1, "00", false)));
        Exception damaged = catchException(
                () -> new ChunkResults(JobDirectory.readOnly(root), row).open(0, line -> true));
        for (Exception failure : List.of(damaged, new UncheckedIOException((IOException) damaged))) {
            assertThat(FailureStreak.NONE.and(failure, NOW).needsAPerson(failure, NOW)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 10, false", "2, 10, false", "3, 9, false", "3, 10, true", "20, 9, false", "4, 11, true" })
    void aFileThatIsNotFoundNeedsOneAfterThreeTimesOverTenMinutes(int times, int minutes, boolean needed) {
        Exception absent = answer(404, null, null);
        FailureStreak streak = FailureStreak.NONE.and(absent, NOW);
        for (int i = 1; i < times; i++) {
            streak = streak.and(absent, NOW.plusSeconds(i));
        }
        assertThat(streak.needsAPerson(absent, NOW.plus(Duration.ofMinutes(minutes)))).isEqualTo(needed);
    }

    @Test
    void theTenMinutesBeginAgainAfterAnotherFailure() {
        Exception absent = answer(404, null, null);
        FailureStreak streak = FailureStreak.NONE.and(absent, NOW).and(absent, NOW.plusSeconds(1))
                .and(answer(503, null, null), NOW.plusSeconds(2)).and(absent, NOW.plus(TEN_MINUTES));
        assertThat(streak).isEqualTo(new FailureStreak(4, 1, NOW.plus(TEN_MINUTES)));
        assertThat(streak.needsAPerson(absent, NOW.plus(TEN_MINUTES))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "2, 2", "3, 4", "9, 256", "10, 300", "13, 300", "100, 300", "2000000000, 300" })
    void pausesDoubleUpToFiveMinutes(int times, int seconds) {
        assertThat(new FailureStreak(times, 0, null).pause()).isEqualTo(Duration.ofSeconds(seconds));
    }
}
