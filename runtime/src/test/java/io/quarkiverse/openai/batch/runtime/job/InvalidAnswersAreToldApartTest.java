package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.method.CheckMethod;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkus.runtime.RuntimeValue;

class InvalidAnswersAreToldApartTest extends RunnerTest {

    private static final int LINES = 10;

    /** How often each line was answered. */
    private final Map<String, Integer> answered = new HashMap<>();
    /** From which answer on a line is valid. */
    private final Map<String, Integer> validFrom = new HashMap<>(Map.of("line-3", 2, "line-7", 3, "line-8", 99));

    record Size(int size) {
    }

    @BeforeEach
    void answer() {
        bench.settings = bench.settings.withLimits(LineLimits.OPENAI.withRequests(5));
        bench.provider.body = line -> {
            int times = answered.merge(line, 1, Integer::sum);
            String content = times >= validFrom.getOrDefault(line, 1) ? "{\\\"size\\\":" + times + "}" : "It is large";
            return """
                    {"object":"chat.completion","choices":[{"message":{"content":"%s"},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""".formatted(content);
        };
    }

    private JobReport run(int attempts, boolean hint) {
        bench.settings = bench.settings.withInvalid(new InvalidAnswers(attempts, hint, false));
        bench.runner().submit(JobSpec.named(RunnerBench.JOB).requests(() -> IntStream.range(0, LINES)
                .mapToObj(
                        n -> BatchRequest.of("line-" + n, ChatBody.of("gpt-6-luna").user("Number " + n).answer(Size.class)))));
        return bench.finish();
    }

    private List<BatchResult> results() {
        try (Stream<BatchResult> results = bench.job().results(ResultOrder.INPUT)) {
            return results.toList();
        }
    }

    private List<String> with(Outcome outcome) {
        return results().stream().filter(result -> result.outcome() == outcome).map(BatchResult::customId).toList();
    }

    @Test
    void theyArePaidAndKeptAndNotSentAgain() {
        JobReport report = run(0, false);
        assertThat(report.count(Outcome.INVALID)).isEqualTo(3);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(7);
        assertThat(report.payment()).isEqualTo(new JobReport.Payment(10, 0, 0));
        assertThat(with(Outcome.INVALID)).containsExactly("line-3", "line-7", "line-8");
        assertThat(results().get(3).text()).isEqualTo("It is large");
        assertThat(results().get(3).succeeded()).isFalse();
        assertThat(report.results().firstErrors()).contains("200 invalid");
        assertEachLinePaidOnce(LINES);
    }

    @Test
    void theyAreSentAgainAsOftenAsTheSettingsSayAndEachPaymentCounts() {
        JobReport report = run(2, false);
        assertThat(with(Outcome.INVALID)).containsExactly("line-8");
        assertThat(results().get(3).as(Size.class)).isEqualTo(new Size(2));
        assertThat(results().get(7).as(Size.class)).isEqualTo(new Size(3));
        assertThat(report.sending().resentInvalid()).isEqualTo(3 + 2);
        assertThat(report.sending().resent()).isZero();
        assertThat(report.sending().resentUnknown()).isZero();
        assertThat(report.payment()).isEqualTo(new JobReport.Payment(10, 0, 0));
        assertThat(report.usage().total().totalTokens()).isEqualTo(15 * (10 + 3 + 2));
        assertThat(bench.provider.paid()).containsEntry("line-3", 2).containsEntry("line-7", 3).containsEntry("line-8", 3)
                .containsEntry("line-0", 1);
    }

    @Test
    void aLineWhoseSecondAttemptFailsKeepsItsInvalidAnswer() {
        bench.settings = bench.settings.withInvalid(new InvalidAnswers(1, false, false));
        validFrom.keySet().retainAll(Set.of("line-8"));
        bench.runner().submit(JobSpec.named(RunnerBench.JOB).requests(() -> Stream.of(
                BatchRequest.of("line-8", ChatBody.of("gpt-6-luna").user("Number").answer(Size.class)))));
        bench.until("it is sent again", () -> {
            if (bench.provider.batches().size() == 1) {
                bench.provider.complete();
            }
            return bench.provider.batches().size() == 2;
        });
        bench.provider.end(bench.provider.batches().get(1).id(), State.COMPLETED,
                0, 1);
        JobReport report = bench.finish();
        assertThat(report.count(Outcome.INVALID)).isEqualTo(1);
        assertThat(results().get(0).text()).isEqualTo("It is large");
    }

    @Test
    void aValidSecondAnswerOfTheSameBatchBeatsAnInvalidFirstOne() {
        bench.provider.copies = 2;
        run(0, false);
        assertThat(with(Outcome.INVALID)).containsExactly("line-7", "line-8");
        assertThat(results().get(0).as(Size.class)).isEqualTo(new Size(1));
        assertThat(results().get(3).as(Size.class)).isEqualTo(new Size(2));
    }

    @Test
    void theyAreSentAgainWithWhatWasWrongIfTheSettingsSaySo() {
        List<String> uploaded = new ArrayList<>();
        bench.provider.uploads = uploaded::add;
        run(1, true);
        assertThat(uploaded).hasSize(4).filteredOn(file -> file.contains("An earlier answer was not accepted")).hasSize(2)
                .allMatch(file -> file.contains("The answer is not JSON") && !file.contains("It is large"));
    }

    @Test
    void aRerunSendsThemAgain() {
        run(0, false);
        validFrom.clear();
        assertThat(bench.job().rerun(Set.of(Outcome.INVALID))).isEqualTo(3);
        JobReport report = bench.finish();
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(LINES);
        assertThat(bench.provider.paid()).containsEntry("line-3", 2).containsEntry("line-0", 1);
    }

    @Test
    void theSecondAttemptSurvivesARestart() {
        bench.settings = bench.settings.withInvalid(new InvalidAnswers(2, false, false));
        bench.runner().submit(JobSpec.named(RunnerBench.JOB).requests(() -> IntStream.range(0, LINES)
                .mapToObj(
                        n -> BatchRequest.of("line-" + n, ChatBody.of("gpt-6-luna").user("Number " + n).answer(Size.class)))));
        bench.until("lines are sent again", () -> {
            bench.provider.complete();
            return bench.chunks().size() > 2;
        });
        bench.stop();
        bench.finish();
        assertThat(with(Outcome.INVALID)).containsExactly("line-8");
        assertThat(bench.provider.paid()).containsEntry("line-8", 3).containsEntry("line-0", 1);
    }

    @Test
    void anUnfinishedAnswerIsInvalidIfTheSettingsSaySo() {
        bench.provider.body = line -> """
                {"object":"chat.completion","choices":[{"message":{"content":"It is"},"finish_reason":"%s"}]}"""
                .formatted(Map.of("line-1", "length", "line-2", "content_filter", "line-3", "tool_calls").getOrDefault(line,
                        "stop"));
        bench.settings = bench.settings.withInvalid(new InvalidAnswers(0, false, true));
        bench.submit(5);
        assertThat(bench.finish().count(Outcome.INVALID)).isEqualTo(2);
        assertThat(with(Outcome.INVALID)).containsExactly("line-1", "line-2");
    }

    private interface Check {

        Object of(BatchResult result) throws Exception;
    }

    private static CheckMethod check(Check check) {
        return new CheckMethod("num*", "Checks#check", null, false,
                new RuntimeValue<>((bean, arguments) -> check.of((BatchResult) arguments[0])));
    }

    @Test
    void aCheckOfTheApplicationTellsWhatIsWrong() {
        bench.checks = List.of(check(result -> !"line-1".equals(result.customId())),
                check(result -> "line-2".equals(result.customId()) ? "two is no number" : null));
        List<String> uploaded = new ArrayList<>();
        bench.provider.uploads = uploaded::add;
        JobReport report = run(1, true);
        assertThat(with(Outcome.INVALID)).containsExactly("line-1", "line-2", "line-7", "line-8");
        assertThat(report.sending().resentInvalid()).isEqualTo(5);
        assertThat(uploaded).anyMatch(file -> file.contains("An earlier answer was not accepted: two is no number"));
    }

    @Test
    void aCheckThatFailsIsAskedAgainAndTheJobSaysSo() {
        AtomicInteger calls = new AtomicInteger();
        bench.checks = List.of(check(result -> {
            if (calls.incrementAndGet() < 5) {
                throw new IllegalStateException("no database");
            }
            return true;
        }));
        bench.submit(3);
        bench.until("it fails", () -> {
            bench.provider.complete();
            return bench.job().progressNow().failing() != null;
        });
        assertThat(bench.job().progressNow().failing()).contains("@BatchCheck method Checks#check failed at line line-0")
                .contains("IllegalStateException").doesNotContain("no database");
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertEachLinePaidOnce(3);
    }

    @Test
    void aJobWhoseCheckFailsCanBeCancelled() {
        bench.checks = List.of(check(result -> {
            throw new IllegalStateException("always");
        }));
        bench.submit(3);
        bench.until("it fails", () -> {
            bench.provider.complete();
            return bench.job().progressNow().failing() != null;
        });
        bench.job().cancel();
        assertThat(bench.finish().count(Outcome.MISSING)).isEqualTo(3);
    }
}
