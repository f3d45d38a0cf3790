package io.quarkiverse.openai.batch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.Usage;

class PricesTellWhatTokensCostTest {

    private static final Prices SMALL = Prices.none().withModel("small", new BigDecimal("0.125"), BigDecimal.ONE);

    @Test
    void aPriceIsThatOfAMillionTokens() {
        assertThat(SMALL.cost("small", 2_000_000, 0)).isEqualByComparingTo("0.25");
        assertThat(SMALL.cost("small", 0, 500_000)).isEqualByComparingTo("0.5");
        assertThat(SMALL.cost("small", 1, 1)).isEqualByComparingTo("0.000001");
        assertThat(SMALL.cost("small", 0, 0)).isZero();
    }

    @Test
    void withoutAPriceThereIsNoCost() {
        assertThat(SMALL.cost("large", 1, 1)).isNull();
        assertThat(SMALL.cost(null, 1, 1)).isNull();
        assertThat(SMALL.has("large")).isFalse();
        assertThat(SMALL.has(null)).isFalse();
        assertThat(SMALL.has("small")).isTrue();
    }

    @Test
    void theLaterPriceOfAModelCounts() {
        Prices other = Prices.none().withModel("small", BigDecimal.TEN, BigDecimal.TEN)
                .withModel("large", BigDecimal.ONE, BigDecimal.ONE);
        assertThat(SMALL.withAll(other).cost("small", 1_000_000, 0)).isEqualByComparingTo("10");
        assertThat(other.withAll(SMALL).cost("small", 1_000_000, 0)).isEqualByComparingTo("0.125");
        assertThat(other.withAll(SMALL).has("large")).isTrue();
        assertThat(SMALL.has("large")).isFalse();
    }

    @Test
    void cachedInputHasAPriceOfItsOwn() {
        Prices prices = Prices.none().withModel("m", BigDecimal.ONE, new BigDecimal("0.1"), BigDecimal.TEN);
        assertThat(prices.cost("m", new Usage(1_000_000, 100_000, 1_100_000, 400_000, 0), Usage.NONE))
                .isEqualByComparingTo("1.64");
        assertThat(prices.cost("m", new Usage(1_000_000, 0, 1_000_000, 9_000_000, 0), Usage.NONE)).isEqualByComparingTo("0.1");
        assertThat(SMALL.cost("small", new Usage(2_000_000, 0, 2_000_000, 1_000_000, 0), Usage.NONE))
                .isEqualByComparingTo("0.25");
    }

    @Test
    void allTokensOfARequestWithALongPromptHaveOtherPrices() {
        Prices prices = Prices.none().withModel("m", BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN).withLongPrompts("m",
                272_000, new BigDecimal(2), new BigDecimal("0.5"), new BigDecimal(15));
        assertThat(prices.longAbove("m")).isEqualTo(272_000);
        assertThat(prices.longAbove("other")).isEqualTo(Long.MAX_VALUE);
        Usage longOnes = new Usage(1_000_000, 100_000, 1_100_000, 500_000, 0);
        assertThat(prices.cost("m", longOnes.plus(new Usage(1_000_000, 0, 1_000_000, 0, 0)), longOnes))
                .isEqualByComparingTo("3.75");
        assertThat(SMALL.cost("small", longOnes, longOnes)).isEqualTo(SMALL.cost("small", longOnes, Usage.NONE));
        assertThatThrownBy(() -> SMALL.withLongPrompts("other", 1, BigDecimal.ONE, BigDecimal.ONE, null))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Model other has no price");
    }

    @Test
    void withoutAPriceForAnswersOnlyThatOfPromptsIsKnown() {
        Prices prices = Prices.none().withModel("embeddings", BigDecimal.ONE, null);
        assertThat(prices.cost("embeddings", 1_000_000, 0)).isEqualByComparingTo("1");
        assertThat(prices.cost("embeddings", 1_000_000, 1)).isNull();
    }

    @Test
    void anEstimateSaysWhatItAssumes() {
        JobEstimate estimate = estimate(SMALL, chat("a", "small"), chat("b", "unknown"));
        assertThat(estimate.cost()).isNull();
        assertThat(estimate.assumptions()).anyMatch(text -> text.startsWith("2 requests do not limit their answers"))
                .anyMatch(text -> text.contains("jobs.prices has none for unknown"))
                .anyMatch(text -> text.contains("provider's cache"));
    }

    @Test
    void aPriceIsNotLessThanZero() {
        assertThatThrownBy(() -> SMALL.withModel("small", BigDecimal.ONE, new BigDecimal("-0.1")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-0.1").hasMessageContaining("small");
    }

    @Test
    void anEstimateCountsTheAnswersThatRequestsAllow() {
        JobEstimate estimate = estimate(SMALL, chat("a", "small"), BatchRequest.of("b",
                ChatBody.of("small").user("12345678").maxCompletionTokens(1_000_000)));
        assertThat(estimate.lines()).isEqualTo(2);
        assertThat(estimate.answerTokens()).isEqualTo(1_000_000 + estimate.promptTokens() / 2);
        assertThat(estimate.cost()).isBetween(BigDecimal.ONE, new BigDecimal("1.0001"));
    }

    @Test
    void anEstimateHasNoCostIfAModelHasNoPrice() {
        assertThat(estimate(SMALL, chat("a", "small"), chat("b", "large")).cost()).isNull();
        assertThat(estimate(SMALL).cost()).isZero();
    }

    private static JobEstimate estimate(Prices prices, BatchRequest... requests) {
        return JobEstimate.of(Stream.of(requests), TokenEstimator.ruleOfThumb(), prices);
    }

    private static BatchRequest chat(String id, String model) {
        return BatchRequest.of(id, ChatBody.of(model).user("12345678"));
    }
}
