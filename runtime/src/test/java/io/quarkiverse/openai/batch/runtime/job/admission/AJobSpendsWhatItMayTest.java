package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.child;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.collected;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class AJobSpendsWhatItMayTest {

    /** 200 tokens, for 0.002 with {@link #PRICES}. */
    private static final ChunkRow NEXT = chunk("a", 9, 10, "model", 100);
    private static final Prices PRICES = Prices.none().withModel("model", BigDecimal.TEN, BigDecimal.TEN);

    private static JobRow job(long maxTokens, String maxCost) {
        return Rows.job("a", 0, new Guard(maxTokens, maxCost == null ? null : new BigDecimal(maxCost), 0, 0));
    }

    private static Budget budget(JobRow job, ChunkRow... chunks) {
        return new Budget(job, List.of(chunks), PRICES);
    }

    /** A chunk of as many tokens as was estimated. */
    private static ChunkRow spent(int number, long tokens) {
        return collected(chunk("a", number, 10, "model", tokens / 2), Map.of(Outcome.SUCCEEDED, 10L), tokens / 2, tokens / 2);
    }

    @ParameterizedTest
    @CsvSource({ "0,, false", "500,, false", "499,, true", "0, 0.005, false", "0, 0.004999, true", "500, 0.004, true",
            "499, 1, true" })
    void aChunkIsOverIfWithWhatWasSpentItExceedsALimit(long maxTokens, String maxCost, boolean over) {
        assertThat(budget(job(maxTokens, maxCost), spent(1, 300), NEXT).isOverWith(NEXT)).isEqualTo(over);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnderWayTakesRoomAsLongAsItMayCost(ChunkState state) {
        ChunkRow other = in(state, chunk("a", 1, 10, "model", 100));
        Budget budget = budget(job(399, null), other, NEXT);
        assertThat(budget.isOverWith(NEXT)).isFalse();
        assertThat(budget.isFullFor(NEXT)).isEqualTo(switch (state) {
            case ADMITTED, CREATING, OPEN, WATCHED, ENDED, GONE -> true;
            default -> false;
        });
    }

    @Test
    void answersThatAreLongerThanExpectedMakeTheRestMoreExpensive() {
        ChunkRow first = collected(chunk("a", 1, 10, "model", 100), Map.of(Outcome.SUCCEEDED, 10L), 100, 700);
        assertThat(budget(job(0, null), first, NEXT).expected().tokens()).isEqualTo(1600);
        assertThat(budget(job(1599, null), first, NEXT).isOverWith(NEXT)).isTrue();
        assertThat(budget(job(1600, null), first, NEXT).isOverWith(NEXT)).isFalse();
    }

    @Test
    void linesThatAreSentAgainAreExpectedOnce() {
        assertThat(budget(job(0, null), NEXT, child(NEXT, 10, 5)).expected().tokens()).isEqualTo(200);
    }

    @Test
    void whatWasSpentBeforeARerunDoesNotCount() {
        JobRow again = job(500, "0.005").reopened(300, new BigDecimal("0.003"));
        Budget budget = budget(again, spent(1, 600), NEXT);
        assertThat(budget.spent()).isEqualTo(new Spending(600, new BigDecimal("0.006000")));
        assertThat(budget.isOverWith(NEXT)).isFalse();
        assertThat(budget(again, spent(1, 602), NEXT).isOverWith(NEXT)).isTrue();
    }

    @Test
    void aCostBeforeThatIsNotKnownCounts() {
        JobRow again = job(0, "0.005").reopened(300, null);
        assertThat(budget(again, spent(1, 300), NEXT).isOverWith(NEXT)).isFalse();
        assertThat(budget(again, spent(1, 302), NEXT).isOverWith(NEXT)).isTrue();
    }

    @Test
    void aMaximumCostNeedsThePriceOfEachModel() {
        ChunkRow other = chunk("a", 1, 10, "dear\u202e", 100);
        ChunkRow none = chunk("a", 2, 10, null, 100);
        assertThatThrownBy(() -> budget(job(0, "1"), other, none, NEXT).isExpectedOver()).isInstanceOf(PauseException.class)
                .hasMessageContaining("dear").hasMessageContaining("lines without a model").hasMessageContaining("jobs.prices")
                .hasMessageNotContaining("\u202e");
        assertThat(budget(job(1000, null), other, none, NEXT).isExpectedOver()).isFalse();
    }

    @Test
    void aChunkWaitsForAPriceWithoutStoppingOthers() {
        ChunkRow other = chunk("a", 1, 10, "unpriced", 100);
        assertThat(budget(job(0, "1"), other).isWaitingWith(other)).isTrue();
        assertThat(budget(job(0, null), other).isWaitingWith(other)).isFalse();
        assertThat(budget(job(1, null), other).isWaitingWith(other)).isTrue();
    }

    @Test
    void whatAPersonIsToldNamesBothFigures() {
        assertThat(budget(job(100, "0.001"), NEXT).expectation()).contains("200 tokens for 0.002",
                "100 tokens and money for 0.001");
        assertThat(budget(job(0, "0.001"), spent(1, 300)).end()).contains("300 tokens for 0.003", "may use, money for 0.001");
    }
}
