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
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;

class AMissingBatchIsGoneAfterTenMinutesTest {

    private static ChunkRow notFound(int times) {
        ChunkRow chunk = chunk("a", 1);
        for (int i = 0; i < times; i++) {
            chunk = NotFoundGrace.noted(chunk, What.BATCH, NOW.plusSeconds(i));
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
        assertThat(notFound(3).waiting().notFound()).isEqualTo(new NotFound(What.BATCH, 3, NOW));
    }

    @Test
    void andBeginsAgainWhenTheBatchWasThere() {
        ChunkRow seen = notFound(3);
        ChunkRow again = NotFoundGrace.noted(seen.with(seen.waiting().with((NotFound) null)), What.BATCH,
                NOW.plus(Duration.ofHours(1)));
        assertThat(NotFoundGrace.isFinal(again, SettableClock.at(NOW.plus(Duration.ofHours(1))))).isFalse();
    }

    @Test
    void theBatchAndItsResultsAreRowsOfTheirOwn() {
        Instant later = NOW.plus(Duration.ofHours(1));
        ChunkRow results = NotFoundGrace.noted(notFound(2), What.RESULTS, later);

        assertThat(results.waiting().notFound()).isEqualTo(new NotFound(What.RESULTS, 1, later));
        assertThat(NotFoundGrace.isFinal(results, SettableClock.at(later))).isFalse();
    }

    /** The clock of a machine may be set while no process runs. */
    @Test
    void theMinutesAreThoseOfOneProcess() {
        Instant later = NOW.plus(Duration.ofHours(1));

        assertThat(NotFoundGrace.isFinal(notFound(3), SettableClock.startedAt(later))).isFalse();
        assertThat(NotFoundGrace.isFinal(notFound(3), SettableClock.at(later))).isTrue();
    }
}
