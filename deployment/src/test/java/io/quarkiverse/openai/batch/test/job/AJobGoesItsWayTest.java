package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

class AJobGoesItsWayTest extends JobTest {

    @Test
    void aLongJobIsSeveralBatches() {
        JobReport report = bench.run(250);
        assertThat(report.sending().batches()).isEqualTo(3);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(250);
        assertThat(report.payment().paid()).isEqualTo(250);
        assertThat(report.usage().ofModels().get("gpt-6-luna").totalTokens()).isPositive();
    }

    @Test
    void aBatchHasLinesOfOneModel() {
        List<BatchRequest> lines = IntStream.range(0, 150)
                .mapToObj(n -> BatchRequest.chat("line-" + n, "model-" + n % 3, "Number " + n)).toList();
        JobReport report = bench.await(bench.runner().submit(spec("numbers", 0).requests(lines::stream)));
        assertThat(report.sending().batches()).isEqualTo(3);
        assertThat(report.usage().ofModels()).containsOnlyKeys("model-0", "model-1", "model-2");
        bench.assertEachLineOnce(150);
    }

    @Test
    void resultsAreReadInInputOrder() {
        bench.emulator.faults().add(new BatchFault().shuffled().always());
        bench.run(250);
        List<BatchResult> results = bench.inOrder();
        assertThat(results).extracting(BatchResult::customId)
                .isEqualTo(requests(250).map(BatchRequest::customId).toList());
        assertThat(results.get(234).text()).contains("Number 234");
    }

    @Test
    void anEmptyJobIsFinishedAtOnce() {
        assertThat(bench.run(0).sending().batches()).isZero();
    }

    @Test
    void aCancelledJobKeepsWhatWasAnswered() {
        bench.activeBatches(1);
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.STALL));
        BatchJob job = bench.submit(200);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 50);
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(50);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(150);
        bench.assertEachLineOnce(200);
        assertThat(bench.emulator.batches()).hasSize(1);
    }

    @Test
    void aJobThatIsCancelledBeforeAnythingWasRunEndsSoon() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0, Stop.HANG).omitUnexecuted());
        BatchJob job = bench.submit(100);
        bench.untilBatches("the batch is there", batches -> batches.size() == 1);
        Instant cancelled = bench.clock.instant();
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(100);
        assertThat(Duration.between(cancelled, report.times().endedAt())).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void progressIsToldUpToTheEnd() {
        BatchJob job = bench.submit(150);
        CompletableFuture<List<JobProgress>> all = job.progress().collect().asList().subscribeAsCompletionStage();
        bench.until("its progress has ended", all::isDone);
        List<JobProgress> told = all.join();
        assertThat(told.get(told.size() - 1).state()).isEqualTo(JobState.FINISHED);
        assertThat(told.get(told.size() - 1).settled()).isEqualTo(150);
        assertThat(told).doesNotHaveDuplicates();
    }

    @Test
    void aLostCancelIsSentAgain() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.STALL).refuseRepeatedCancel());
        bench.emulator.faults().add(RequestFault.on(Operation.CANCEL_BATCH).status(500).times(2));
        BatchJob job = bench.submit(100);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 50);
        job.cancel();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(50);
        assertThat(bench.emulator.batches().get(0).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void submittingAgainAttaches() {
        bench.run(100);
        AtomicInteger opened = new AtomicInteger();
        BatchJob again = bench.runner().submit(spec("numbers", 0).requests(() -> {
            opened.incrementAndGet();
            return Stream.empty();
        }));
        assertThat(bench.await(again).lines()).isEqualTo(100);
        assertThat(opened).hasValue(0);
        assertThat(bench.emulator.batches()).hasSize(1);
        assertThat(bench.runner().list(JobQuery.all())).hasSize(1);
    }

    @Test
    void anotherVersionOfAJobIsRefused() {
        bench.run(10);
        assertThatThrownBy(() -> bench.runner().submit(spec("numbers", 10).version("2")))
                .isInstanceOf(JobConflictException.class).hasMessageContaining("version 1").hasMessageContaining("version 2");
    }

    @Test
    void aJobOfAnotherAccountIsRefused() {
        bench.run(10);
        bench.account = "another";
        assertThatThrownBy(() -> bench.submit(10)).isInstanceOf(JobConflictException.class).hasMessageContaining("another");
    }

    @Test
    void namesThatWouldSpoilALogAreRefused() {
        assertThatThrownBy(() -> JobSpec.named("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobSpec.named("a").version("\u202e")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusedKeyPausesTheJob() {
        bench.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(401));
        BatchJob job = bench.submit(100);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("401");
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.emulator.batches()).hasSize(1);
    }

    @Test
    void aMissingPermissionPausesTheJob() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(403));
        BatchJob job = bench.submit(100);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("403");
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    /** Its source may be read before the submission is over. */
    @Test
    void aJobThatIsInterruptedWhileItIsSubmittedSaysWhy() {
        bench.storeWrap = store -> (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(),
                new Class<?>[] { JobStore.class }, (proxy, method, arguments) -> {
                    Object result = method.invoke(store, arguments);
                    if (method.getName().equals("insert") && result instanceof JobRow job) {
                        bench.until("its source is read",
                                () -> store.job(job.name()).orElseThrow().state() == JobState.INTERRUPTED);
                    }
                    return result;
                });
        aDoubledIdInterruptsTheJobAndNamesTheLine();
    }

    @Test
    void aDoubledIdInterruptsTheJobAndNamesTheLine() {
        BatchJob job = bench.runner().submit(spec("numbers", 0).requests(() -> Stream.concat(requests(5), requests(1))));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("line 6")
                .hasMessageContaining("line-0");
    }

    @Test
    void aFailingSourceInterruptsTheJobAndSubmittingGoesOn() {
        BatchJob job = bench.runner().submit(spec("numbers", 0).requests(() -> requests(250).map(request -> {
            if (request.customId().equals("line-150")) {
                throw new IllegalStateException("the database is gone");
            }
            return request;
        })));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("IllegalStateException");
        assertThat(bench.run(250).sending().batches()).isEqualTo(3);
    }

    @Test
    void theProvidersFilesStay() {
        bench.run(150);
        assertThat(bench.emulator.files()).hasSize(4);
    }

    @Test
    void theProvidersFilesAreDeletedIfTheSettingsSaySo() {
        bench.providerFiles(ProviderFiles.DELETE).run(150);
        assertThat(bench.emulator.files()).isEmpty();
        assertThat(bench.inOrder().get(149).text()).contains("Number 149");
    }

    @Test
    void aJobIsForgottenSomeTimeAfterItsEnd() {
        bench.retention(Duration.ofDays(1)).run(10);
        bench.clock.advance(Duration.ofHours(25));
        bench.until("it is deleted", () -> bench.runner().find("numbers").isEmpty());
        assertThat(bench.run(10).sending().batches()).isEqualTo(1);
        assertThat(bench.ownBatches()).isEqualTo(2);
    }

    @Test
    void resultsAreReadWithoutTheProvider() {
        bench.run(150);
        bench.emulator.faults().add(RequestFault.onAny().reset().always());
        assertThat(bench.inOrder()).hasSize(150);
        bench.assertEachLineOnce(150);
    }

    @Test
    void resultsOfAChunkAreReadWhileOthersRun() {
        bench.emulator.faults().add(new BatchFault().skip(1).stopAfter(0.5, Stop.HANG));
        BatchJob job = bench.submit(200);
        bench.until("one batch is collected", report -> report.count(Outcome.SUCCEEDED) == 100);
        try (Stream<BatchResult> results = job.results()) {
            assertThat(results).hasSize(100);
        }
        assertThatThrownBy(bench::inOrder).isInstanceOf(IllegalStateException.class);
        job.cancel();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(150);
    }

    @Test
    void embeddingsAreCutByTheirInputs() {
        bench.limits(LineLimits.OPENAI.withEmbeddingInputs(20));
        BatchJob job = bench.runner().submit(JobSpec.named("numbers")
                .requests(() -> IntStream.range(0, 10).mapToObj(n -> BatchRequest.of("line-" + n, Endpoint.EMBEDDINGS,
                        Map.of("model", "embed", "input", IntStream.range(0, 4).mapToObj(i -> "a").toList())))));
        assertThat(bench.await(job).sending().batches()).isEqualTo(2);
    }
}
