package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.LINES_A_CHUNK;
import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * Prices are so that a token costs one: a line of the tests has three of prompt and three of answer, a chunk a hundred lines.
 */
class AJobStaysInItsBudgetTest extends JobTest {

    private JobReport stopped(BatchJob job) {
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class);
        return job.report();
    }

    @Test
    void whatItWillCostIsKnownBeforeAnythingIsSent() {
        bench.prices("1000000", "2000000");
        JobEstimate estimate = bench.runner().estimate(spec("numbers", 150));
        assertThat(estimate.lines()).isEqualTo(150);
        assertThat(estimate.promptTokens()).isBetween(150L, 1500L);
        assertThat(estimate.answerTokens()).isEqualTo(estimate.promptTokens());
        assertThat(estimate.cost()).isEqualByComparingTo(new BigDecimal(3 * estimate.promptTokens()));
        assertThat(bench.runner().list(JobQuery.all())).isEmpty();
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
    }

    @Test
    void anAnswerIsExpectedToBeAsLongAsItMayBe() {
        JobSpec spec = JobSpec.named("limited")
                .requests(() -> Stream.of(BatchRequest.of("a", Endpoint.CHAT_COMPLETIONS,
                        Map.of("model", "gpt-6-luna", "max_completion_tokens", 700, "messages", List.of()))));
        JobEstimate estimate = bench.runner().estimate(spec);
        assertThat(estimate.answerTokens()).isEqualTo(700);
        assertThat(estimate.cost()).isNull();
    }

    @Test
    void aSourceThatCanBeReadOnceIsNotUsedUpByAnEstimate() {
        JobSpec once = JobSpec.named("once").requestsOnce(requests(3));
        assertThatThrownBy(() -> bench.runner().estimate(once)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("requests(...)");
    }

    @Test
    void theReportHasTheCostAndWhatIsExpected() {
        bench.prices("1000000", "1000000");
        JobReport report = bench.run(150);
        long tokens = report.usage().ofModels().get("gpt-6-luna").totalTokens();
        assertThat(tokens).isPositive();
        assertThat(report.usage().cost()).isEqualByComparingTo(new BigDecimal(tokens));
        assertThat(report.usage().expectedCost()).isEqualByComparingTo(report.usage().cost());
        assertThat(report.usage().expectedTokens()).isEqualTo(tokens);
        assertThat(bench.job().progress().collect().last().await().indefinitely().cost()).isEqualTo(report.usage().cost());
    }

    @Test
    void aJobThatIsExpectedToCostMoreThanItMaySendsNothing() {
        bench.prices("1000000", "1000000");
        BatchJob job = bench.runner().submit(spec("numbers", 250).maxCost(BigDecimal.TEN));
        JobReport report = stopped(job);
        assertThat(report.state()).isEqualTo(JobState.PAUSED);
        assertThat(report.reason()).contains("expected to use").contains("money for 10").contains("resume");
        assertThat(report.lines()).isEqualTo(250);
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
        job.cancel();
        assertThat(bench.await(job).count(Outcome.CANCELLED)).isEqualTo(250);
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
    }

    @Test
    void aJobThatIsAllowedToGoOnDoesSoUntilTheLimit() {
        bench.limits(LineLimits.OPENAI.withRequests(10));
        BatchJob job = bench.runner().submit(spec("numbers", 250).maxTokens(600));
        stopped(job);
        job.resume();
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.count(Outcome.SUCCEEDED)).isBetween(50L, 100L);
        assertThat(report.count(Outcome.SUCCEEDED) + report.count(Outcome.CANCELLED)).isEqualTo(250);
    }

    /** A line has a hundred tokens of prompt and as many of answer, and says that its answer has one. */
    @Test
    void maxCostReachedInTheMiddleEndsTheJobWithWhatRuns() {
        bench.prices("1000000", "1000000").activeBatches(2);
        JobSpec spec = JobSpec.named("numbers").maxCost(new BigDecimal(110_000))
                .requests(() -> requests(1000).map(AJobStaysInItsBudgetTest::withShortAnswer));
        BatchJob job = bench.runner().submit(spec);
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.reason()).contains("has used").contains("money for 110000");
        assertThat(report.count(Outcome.SUCCEEDED)).isBetween(300L, 500L);
        assertThat(report.count(Outcome.SUCCEEDED) + report.count(Outcome.CANCELLED)).isEqualTo(1000);
        assertThat(report.usage().cost()).isLessThanOrEqualTo(new BigDecimal(110_000))
                .isEqualByComparingTo(new BigDecimal(report.usage().ofModels().get("gpt-6-luna").totalTokens()));
        assertThat(report.sending().batches()).isEqualTo((int) report.count(Outcome.SUCCEEDED) / LINES_A_CHUNK);
        assertThat(bench.ledger().paid()).isEqualTo(report.count(Outcome.SUCCEEDED));
        bench.assertEachLineOnce(1000);
    }

    private static BatchRequest withShortAnswer(BatchRequest request) {
        return BatchRequest.of(request.customId(), Endpoint.CHAT_COMPLETIONS, Map.of("model", "gpt-6-luna",
                "max_tokens", 1, "messages", List.of(Map.of("role", "user", "content", "four".repeat(100)))));
    }

    @Test
    void anotherVersionWithFewerLinesStartsAnew() {
        BatchJob job = bench.runner().submit(spec("numbers", 250).maxTokens(900));
        stopped(job);
        BatchJob smaller = bench.runner().submit(spec("numbers", 50).maxTokens(900).version("2"));
        JobReport report = bench.await(smaller);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.lines()).isEqualTo(50);
    }

    @Test
    void aPauseThatWasAskedForAgreesToNothing() {
        bench.prices("1000000", "1000000");
        AtomicBoolean paused = new AtomicBoolean();
        BatchJob job = bench.runner().submit(spec("numbers", 0).maxCost(BigDecimal.TEN)
                .requests(() -> requests(250).peek(request -> {
                    if (paused.compareAndSet(false, true)) {
                        bench.job().pause();
                    }
                })));
        assertThat(stopped(job).reason()).contains("asked");
        job.resume();
        assertThat(stopped(job).reason()).contains("expected to use");
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
    }

    @Test
    void aMaximumCostNeedsPrices() {
        BatchJob job = bench.runner().submit(spec("numbers", 10).maxCost(BigDecimal.TEN));
        assertThat(stopped(job).reason()).contains("gpt-6-luna").contains("jobs.prices");
        bench.prices("0.1", "0.1");
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void limitsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> spec("numbers", 1).maxTokens(0)).hasMessageContaining("maxTokens");
        assertThatThrownBy(() -> spec("numbers", 1).maxCost(BigDecimal.ZERO)).hasMessageContaining("maxCost");
    }
}
