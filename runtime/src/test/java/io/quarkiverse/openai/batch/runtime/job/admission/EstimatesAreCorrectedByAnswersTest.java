package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.collected;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

class EstimatesAreCorrectedByAnswersTest {

    private static final ChunkRow NEXT = chunk("a", 9, 10, "model", 1000);

    private static CorrectedEstimates knowing(ChunkRow... chunks) {
        return new CorrectedEstimates(List.of(chunks));
    }

    private static ChunkRow answered(ChunkRow chunk, long succeeded, long prompts, long answers) {
        return collected(chunk, Map.of(Outcome.SUCCEEDED, succeeded), prompts, answers);
    }

    @ParameterizedTest
    @CsvSource({ "200, 50, 2000, 500", "100, 100, 1000, 1000", "1, 1000, 10, 10000", "0, 50, 1000, 500", "50, 0, 500, 1000" })
    void promptsAndAnswersEachByTheirOwnRatio(long prompts, long answers, double expectedPrompts, double expectedAnswers) {
        CorrectedEstimates estimates = knowing(answered(chunk("a", 1, 10, "model", 100), 10, prompts, answers), NEXT);
        assertThat(estimates.promptTokens(NEXT)).isEqualTo(expectedPrompts);
        assertThat(estimates.answerTokens(NEXT)).isEqualTo(expectedAnswers);
    }

    @Test
    void ofManyChunksByTheSumNotByTheMean() {
        CorrectedEstimates estimates = knowing(answered(chunk("a", 1, 10, "model", 900), 10, 900, 900),
                answered(chunk("b", 1, 10, "model", 100), 10, 1100, 1100));
        assertThat(estimates.promptTokens(NEXT)).isEqualTo(2000);
    }

    @Test
    void notByChunksOfWhichALineFailedNorByAnotherModel() {
        CorrectedEstimates estimates = knowing(answered(chunk("a", 1, 10, "model", 100), 9, 500, 500),
                answered(chunk("a", 2, 10, "another", 100), 10, 500, 500),
                answered(chunk("a", 3, 10, null, 100), 10, 500, 500));
        assertThat(estimates.promptTokens(NEXT)).isEqualTo(1000);
    }

    @Test
    void linesWithoutAModelByEachOther() {
        CorrectedEstimates estimates = knowing(answered(chunk("a", 1, 10, null, 100), 10, 300, 300));
        assertThat(estimates.promptTokens(chunk("a", 2, 10, null, 1000))).isEqualTo(3000);
    }

    @Test
    void notByChunksThatWereEstimatedAtNothing() {
        assertThat(knowing(answered(chunk("a", 1, 10, "model", 0), 10, 500, 500)).promptTokens(NEXT)).isEqualTo(1000);
    }

    @Test
    void andCostWhatTheModelCosts() {
        CorrectedEstimates estimates = knowing(answered(chunk("a", 1, 10, "model", 100), 10, 200, 300));
        Prices prices = Prices.none().withModel("model", new BigDecimal(10), new BigDecimal(100));
        assertThat(estimates.of(NEXT, prices)).isEqualTo(new Spending(5000, new BigDecimal("0.320000")));
        assertThat(estimates.of(NEXT, Prices.none())).isEqualTo(new Spending(5000, null));
    }
}
