package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkus.runtime.RuntimeValue;

class ACanaryIsTriedFirstTest extends JobTest {

    private static final Set<String> FIRST_FIVE = IntStream.range(0, 5).mapToObj(n -> "line-" + n)
            .collect(Collectors.toSet());

    private BatchJob paused(JobSpec spec) {
        bench.emulator.faults().add(new BatchFault().lines(LineFault.failing(FIRST_FIVE, 400, "invalid_value")).always());
        BatchJob job = bench.runner().submit(spec);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("5 failed").hasMessageContaining("400 invalid_value")
                .hasMessageContaining("another version").hasMessageContaining("resume").hasMessageContaining("cancel");
        return job;
    }

    @Test
    void andTheOthersWhenItHasPassed() {
        List<Integer> batches = new ArrayList<>();
        bench.events.clear();
        BatchJob job = bench.runner().submit(spec("numbers", 250).canary(10));
        bench.until("the canary is there", report -> report.sending().batches() > 0);
        assertThat(bench.ownBatches()).isEqualTo(1);
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(250);
        assertThat(bench.ownBatches()).isEqualTo(1 + 3);
        assertThat(bench.store.chunk("numbers", 1).orElseThrow().input().lines()).isEqualTo(10);
        bench.assertEachLineOnce(250);
    }

    @Test
    void aJobWhoseCanaryFailsPausesAndHandsNothingOver() {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        bench.handlers = List
                .of(new HandlerMethod("num*", "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                        new RuntimeValue<>((bean, arguments) -> handled.add(((BatchResult) arguments[0]).customId()))));
        paused(spec("numbers", 250).canary(10));
        assertThat(handled).isEmpty();
        assertThat(bench.emulator.requests().count(Operation.CREATE_BATCH)).isEqualTo(1);
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isEqualTo(1);
    }

    @Test
    void aShareOfItMayFail() {
        bench.emulator.faults().add(new BatchFault().lines(LineFault.failing(FIRST_FIVE, 400, "invalid_value")).always());
        BatchJob job = bench.runner().submit(spec("numbers", 50).canary(10, 0.5));
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(45);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(5);
    }

    @Test
    void resumedItGoesOnAsItIs() {
        BatchJob job = paused(spec("numbers", 250).canary(10));
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(245);
        bench.assertEachLineOnce(250);
    }

    @Test
    void anotherVersionStartsAnew() {
        paused(spec("numbers", 250).canary(10));
        BatchJob mended = bench.runner().submit(JobSpec.named("numbers").version("2").canary(10)
                .requests(() -> requests(120).map(request -> BatchRequest.chat("mended-" + request.customId(), "gpt-6-luna",
                        "Better " + request.customId()))));
        JobReport report = bench.await(mended);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.lines()).isEqualTo(120);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(120);
        assertThat(bench.inOrder()).extracting(BatchResult::customId).allMatch(id -> id.startsWith("mended-")).hasSize(120);
    }

    @Test
    void anotherVersionStartsAnewAfterARestartToo() {
        paused(spec("numbers", 250).canary(10));
        bench.stop();
        BatchJob mended = bench.runner()
                .submit(spec("numbers", 50).version("2").requests(() -> requests(60).skip(10)));
        assertThat(bench.await(mended).count(Outcome.SUCCEEDED)).isEqualTo(50);
    }

    @Test
    void anotherVersionThatIsCancelledAtOnceEnds() {
        paused(spec("numbers", 250).canary(10));
        BatchJob mended = bench.runner().submit(spec("numbers", 50).version("2"));
        mended.cancel();
        assertThat(bench.await(mended).state().isTerminal()).isTrue();
    }

    @Test
    void aJobThatRunsIsNotReplaced() {
        pace(0.01);
        bench.runner().submit(spec("numbers", 250).canary(10));
        bench.until("it runs", report -> report.sending().batches() == 1);
        assertThatThrownBy(() -> bench.runner().submit(spec("numbers", 250).version("2")))
                .isInstanceOf(JobConflictException.class);
    }

    @Test
    void cancelledItEnds() {
        BatchJob job = paused(spec("numbers", 250).canary(10));
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(5);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(5);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(240);
    }

    @Test
    void aCanaryNeedsALineAndAShare() {
        assertThatThrownBy(() -> spec("numbers", 1).canary(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec("numbers", 1).canary(1, 1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec("numbers", 1).canary(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void andNothingIsHandedOverBeforeAllOfItHasItsOutcome() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        bench.handlers = List
                .of(new HandlerMethod("numbers", "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                        new RuntimeValue<>((bean, arguments) -> seen.add(((BatchResult) arguments[0]).customId()))));
        bench.emulator.faults().add(new BatchFault().lines(LineFault.failing(Set.of("line-0"), 400, "invalid_value"))
                .lines(LineFault.failing(Set.of("line-1"), 429, "rate_limit")).always());
        BatchJob job = bench.runner().submit(spec("numbers", 50).canary(10));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("2 failed");
        assertThat(seen).isEmpty();
    }
}
