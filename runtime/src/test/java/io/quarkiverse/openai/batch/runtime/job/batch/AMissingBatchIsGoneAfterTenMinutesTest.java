package io.quarkiverse.openai.batch.runtime.job.batch;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;

class AMissingBatchIsGoneAfterTenMinutesTest {

    private static ChunkRow notFound(int times) {
        ChunkRow chunk = chunk("a", 1);
        for (int i = 0; i < times; i++) {
            chunk = NotFoundGrace.noted(chunk, NOW.plusSeconds(i));
        }
        return chunk;
    }

    @ParameterizedTest
    @CsvSource({ "0, PT1H, false", "1, PT1H, false", "2, PT1H, false", "3, PT9M59S, false", "3, PT10M, true",
            "100, PT9M59S, false", "100, PT10M, true" })
    void andThreeAnswers(int times, Duration later, boolean gone) {
        assertThat(NotFoundGrace.isFinal(notFound(times), SettableClock.at(NOW.plus(later)))).isEqualTo(gone);
    }

    @Test
    void countedFromTheFirstOne() {
        assertThat(notFound(3).waiting().notFoundSince()).isEqualTo(NOW);
        assertThat(notFound(3).waiting().notFound()).isEqualTo(3);
    }

    @Test
    void andBeginsAgainWhenTheBatchWasThere() {
        ChunkRow seen = notFound(3);
        ChunkRow again = NotFoundGrace.noted(seen.with(seen.waiting().withNotFound(0, null)), NOW.plus(Duration.ofHours(1)));
        assertThat(NotFoundGrace.isFinal(again, SettableClock.at(NOW.plus(Duration.ofHours(1))))).isFalse();
    }

    /** The clock of a machine may be set while no process runs. */
    @Test
    void theMinutesAreThoseOfOneProcess() {
        Instant later = NOW.plus(Duration.ofHours(1));

        assertThat(NotFoundGrace.isFinal(notFound(3), SettableClock.startedAt(later))).isFalse();
        assertThat(NotFoundGrace.isFinal(notFound(3), SettableClock.at(later))).isTrue();
    }
}
