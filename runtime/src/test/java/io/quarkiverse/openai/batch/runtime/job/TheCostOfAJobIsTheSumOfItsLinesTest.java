package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;

class TheCostOfAJobIsTheSumOfItsLinesTest extends RunnerTest {

    private static final int LINES = 1_000;
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    /** Each of some twenty chunks is rounded to six decimals. */
    private static final Offset<BigDecimal> ROUNDED = within(new BigDecimal("0.00002"));

    private static int number(String line) {
        return Integer.parseInt(line.substring("line-".length()));
    }

    /** Its first answer is cut off, and it is sent again. */
    private static boolean isInvalid(int n) {
        return n % 25 == 3;
    }

    private static boolean isLong(int n) {
        return n % 7 == 0;
    }

    private static int prompt(int n) {
        return isLong(n) ? 300_000 + n : 100 + n;
    }

    private static int cached(int n) {
        return n % 3 == 0 ? prompt(n) / 2 : 0;
    }

    /** By the price list: 1, 0.1 cached and 4; for prompts of more than 272,000 tokens 2, 0.2 and 6. */
    private static BigDecimal cost(int n) {
        BigDecimal input = new BigDecimal(prompt(n) - cached(n)).multiply(new BigDecimal(isLong(n) ? "2" : "1"));
        BigDecimal fromCache = new BigDecimal(cached(n)).multiply(new BigDecimal(isLong(n) ? "0.2" : "0.1"));
        BigDecimal output = new BigDecimal(n).multiply(new BigDecimal(isLong(n) ? "6" : "4"));
        BigDecimal answers = new BigDecimal(isInvalid(n) ? 2 : 1);
        return input.add(fromCache).add(output).multiply(answers).divide(MILLION);
    }

    private static Stream<BatchRequest> lines() {
        return IntStream.range(0, LINES)
                .mapToObj(n -> BatchRequest.chat("line-" + n, n % 10 == 9 ? "unpriced" : "priced", "Number " + n));
    }

    @Test
    void cachedLongAndInvalidPromptsHaveTheirPrices() {
        Prices prices = Prices.none()
                .withModel("priced", BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal(4))
                .withLongPrompts("priced", 272_000, new BigDecimal(2), new BigDecimal("0.2"), new BigDecimal(6));
        bench.settings = bench.settings.withPrices(prices).withLimits(LineLimits.OPENAI.withRequests(100));
        bench.settings = bench.settings.withInvalid(new InvalidAnswers(1, false, true));
        Set<String> answered = new HashSet<>();
        bench.provider.body = line -> """
                {"object":"chat.completion","choices":[{"message":{"content":"x"},"finish_reason":"%s"}],"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
                "prompt_tokens_details":{"cached_tokens":%d}}}"""
                .formatted(
                        isInvalid(number(line)) && answered.add(line) ? "length" : "stop", prompt(number(line)), number(line),
                        prompt(number(line)) + number(line), cached(number(line)));
        bench.runner().submit(JobSpec.named(RunnerBench.JOB).requests(TheCostOfAJobIsTheSumOfItsLinesTest::lines));
        JobReport report = bench.finish();
        BigDecimal sum = IntStream.range(0, LINES).filter(n -> n % 10 != 9)
                .mapToObj(TheCostOfAJobIsTheSumOfItsLinesTest::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(LINES);
        assertThat(report.sending().resentInvalid()).isEqualTo(LINES / 25);
        assertThat(report.usage().costOfModels()).containsOnlyKeys("priced");
        assertThat(report.usage().costOfModels().get("priced")).isCloseTo(sum, ROUNDED);
        assertThat(report.usage().cost()).isNull();
        assertThat(report.usage().unpriced()).containsExactly("unpriced");
        bench.settings = bench.settings.withPrices(prices.withModel("unpriced", BigDecimal.ZERO, BigDecimal.ZERO));
        assertThat(bench.report().usage().cost()).isCloseTo(sum, ROUNDED);
    }
}
