package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkus.runtime.RuntimeValue;

class AJobIsUnderControlTest extends JobTest {

    private void failing(int status, Set<String> ids) {
        bench.emulator.faults().add(new BatchFault().lines(LineFault.failing(ids, status, "invalid_value")).always());
    }

    private static Set<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "line-" + n).collect(Collectors.toSet());
    }

    @Test
    void aPausedJobSendsNothingMoreUntilItIsResumed() {
        bench.activeBatches(1);
        BatchJob job = bench.submit(300);
        bench.until("its first batch is there", report -> report.sending().batches() == 1);
        job.pause();
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("asked to");
        bench.untilBatches("the batch runs at the provider",
                batches -> batches.stream().allMatch(batch -> batch.path("status").asText().equals("completed")));
        bench.stop();
        assertThat(bench.runner().find("numbers").orElseThrow().report().state()).isEqualTo(JobState.PAUSED);
        assertThat(bench.ownBatches()).isEqualTo(1);
        bench.job().resume();
        assertThat(bench.await(bench.job()).count(Outcome.SUCCEEDED)).isEqualTo(300);
        bench.assertEachLineOnce(300);
    }

    @Test
    void atItsDeadlineWhatRunsIsCancelledAndTheRestIsNotSent() {
        pace(0.001);
        bench.activeBatches(1).cancelTimeout(Duration.ofDays(1));
        BatchJob job = bench.runner().submit(spec("numbers", 300).deadline(bench.clock.instant().plus(Duration.ofHours(1))));
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.reason()).contains("deadline");
        assertThat(report.sending().batches()).isEqualTo(1);
        assertThat(report.count(Outcome.SUCCEEDED) + report.count(Outcome.CANCELLED)).isEqualTo(300);
        assertThat(report.count(Outcome.CANCELLED)).isGreaterThanOrEqualTo(200);
        assertThat(report.times().endedAt()).isAfter(report.times().createdAt().plus(Duration.ofHours(1)));
        bench.assertEachLineOnce(300);
    }

    @Test
    void aDeadlineThatHasPassedCountsAfterARestart() {
        pace(0.001);
        Instant deadline = bench.clock.instant().plus(Duration.ofHours(5));
        bench.runner().submit(spec("numbers", 100).deadline(deadline));
        bench.until("its batch is there", report -> report.sending().batches() == 1);
        bench.stop();
        bench.clock.advance(Duration.ofHours(5));
        assertThat(bench.await(bench.runner().find("numbers").orElseThrow()).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobThatEndsBeforeItsDeadlineIsNotStopped() {
        BatchJob job = bench.runner().submit(spec("numbers", 10).deadline(bench.clock.instant().plus(Duration.ofDays(300))));
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.reason()).isNull();
    }

    @Test
    void linesThatFailedAreRunAgainOnRequest() {
        failing(400, ids(0, 30));
        JobReport first = bench.run(250);
        assertThat(first.count(Outcome.FAILED)).isEqualTo(30);
        bench.emulator.faults().clear();
        BatchJob job = bench.job();
        assertThat(job.rerun(EnumSet.of(Outcome.FAILED, Outcome.EXPIRED))).isEqualTo(30);
        JobReport second = bench.await(job);
        assertThat(second.state()).isEqualTo(JobState.FINISHED);
        assertThat(second.count(Outcome.SUCCEEDED)).isEqualTo(250);
        assertThat(second.sending().attempts()).isEqualTo(280);
        bench.assertEachLineOnce(250);
        assertThat(bench.inOrder()).extracting(BatchResult::customId).startsWith("line-0", "line-1").endsWith("line-249");
        assertThat(job.rerun(EnumSet.of(Outcome.FAILED))).isZero();
        assertThat(job.report().state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void soAreLinesWhoseFilesTheProviderDeletes() {
        bench.providerFiles(ProviderFiles.DELETE);
        linesThatFailedAreRunAgainOnRequest();
        assertThat(bench.emulator.files()).isEmpty();
    }

    @Test
    void linesThatWereAnsweredAreRunAgainOnRequestAndPaidTwice() {
        JobReport first = bench.run(150);
        long tokens = first.usage().ofModels().get("gpt-6-luna").totalTokens();
        BatchJob job = bench.job();
        assertThat(job.rerunIf(result -> result.customId().endsWith("7"))).isEqualTo(15);
        JobReport second = bench.await(job);
        assertThat(second.count(Outcome.SUCCEEDED)).isEqualTo(150);
        assertThat(bench.ledger().paidMoreThanOnce()).isEqualTo(15);
        assertThat(second.usage().ofModels().get("gpt-6-luna").totalTokens()).isEqualTo(tokens + 15 * tokens / 150);
        bench.assertEachLineOnce(150);
    }

    @Test
    void whatABudgetLeftIsSentOnRequest() {
        bench.limits(LineLimits.OPENAI.withRequests(10));
        BatchJob job = bench.runner().submit(spec("numbers", 250).maxTokens(800));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class);
        job.resume();
        long first = bench.await(job).count(Outcome.SUCCEEDED);
        assertThat(first).isLessThan(250);
        assertThat(job.rerun(Set.of(Outcome.CANCELLED))).isEqualTo(250 - first);
        JobReport second = bench.await(job);
        assertThat(second.count(Outcome.SUCCEEDED)).isGreaterThan(first);
        bench.assertEachLineOnce(250);
    }

    @Test
    void handlersAreGivenWhatIsRunAgainAndItsEndIsTold() {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        bench.handlers = List
                .of(new HandlerMethod("num*", "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                        new RuntimeValue<>((bean, arguments) -> handled.add(((BatchResult) arguments[0]).customId()))));
        failing(400, ids(0, 3));
        bench.run(20);
        assertThat(handled).hasSize(20);
        handled.clear();
        bench.emulator.faults().clear();
        bench.events.clear();
        bench.job().rerun(Set.of(Outcome.FAILED));
        bench.await(bench.job());
        assertThat(handled).containsExactlyInAnyOrder("line-0", "line-1", "line-2");
        assertThat(bench.events).filteredOn(io.quarkiverse.openai.batch.job.event.JobFinished.class::isInstance).hasSize(1);
    }

    @Test
    void aJobThatRunsIsNotRunAgain() {
        pace(0.01);
        BatchJob job = bench.submit(10);
        assertThatThrownBy(() -> job.rerun(Set.of(Outcome.FAILED))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void itsTagsAreOnItsBatches() {
        bench.await(bench.runner().submit(spec("numbers", 10).tag("team", "search").tag("run", "7")));
        assertThat(bench.emulator.batches().get(0).path("metadata").path("team").asText()).isEqualTo("search");
        assertThat(bench.emulator.batches().get(0).path("metadata").path("run").asText()).isEqualTo("7");
        assertThatThrownBy(() -> bench.runner().submit(spec("more", 10).tag("a".repeat(65), "b")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("64");
    }

    /** The 50th result that is handed over. */
    private List<String> handOverWithChangeInTheMiddle(Runnable change) {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean done = new AtomicBoolean();
        Consumer<String> handler = id -> {
            seen.add(id);
            if (seen.size() == 50 && done.compareAndSet(false, true)) {
                change.run();
            }
        };
        bench.handlers = List
                .of(new HandlerMethod("numbers", "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                        new RuntimeValue<>((bean, arguments) -> {
                            handler.accept(((BatchResult) arguments[0]).customId());
                            return null;
                        })));
        bench.submit(100);
        bench.until("it has ended", report -> report.state() == JobState.FINISHED);
        return seen;
    }

    @Test
    void aPauseAndAResumeWhileResultsAreHandedOverHandNoneOverTwice() {
        assertThat(handOverWithChangeInTheMiddle(() -> {
            bench.job().pause();
            bench.job().resume();
        })).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void norDoesAnotherChangeOfTheChunk() {
        assertThat(handOverWithChangeInTheMiddle(
                () -> bench.store.change("numbers", 1, row -> row.with(row.waiting().withEndedAt(Instant.EPOCH)))))
                .hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aJobThatWasPausedWhileItWasCancelledCanBeCancelled() {
        pace(0.001);
        BatchJob job = bench.submit(10);
        bench.until("its batch is there", report -> report.sending().batches() == 1);
        job.pause();
        job.cancel();
        job.pause();
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
        job.cancel();
        assertThat(bench.await(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobThatReachedItsLimitIsCancelledAtItsDeadline() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG));
        BatchJob job = bench.runner().submit(spec("numbers", 10).deadline(bench.clock.instant().plus(Duration.ofHours(1))));
        bench.until("its batch is there", report -> report.sending().batches() == 1);
        bench.store.change("numbers", row -> row.stopped(JobRow.Stop.SEND_NOTHING, "it has used what it may", null));
        assertThat(bench.await(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.emulator.batches()).extracting(batch -> batch.path("status").asText()).containsExactly("cancelled");
    }

    @Test
    void aPauseIsNotUndoneByALimitThatIsReachedMeanwhile() {
        bench.limits(LineLimits.OPENAI.withRequests(10));
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> !row.isStopped() && after.isStopped(),
                () -> bench.job().pause());
        BatchJob job = bench.runner().submit(spec("numbers", 250).maxTokens(600));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("expected");
        job.resume();
        bench.until("it is at rest", report -> report.state().isTerminal() || report.state() == JobState.PAUSED);
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
        assertThat(job.report().reason()).contains("asked to");
        job.resume();
        assertThat(bench.await(job).state()).isEqualTo(JobState.CANCELLED);
    }
}
