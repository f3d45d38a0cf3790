package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;

/** What a provider does with single requests, for a moment or for hours. */
class AJobSurvivesFailingRequestsTest extends JobTest {

    @Test
    void tooManyRequestsAreWaitedForAndNoQuotaPauses() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(429));
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(429)
                .body("{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":\"insufficient_quota\"}}"));
        BatchJob job = bench.submit(10);
        assertThatThrownBy(() -> bench.await(job)).hasMessageContaining("insufficient_quota");
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void aDayWithAnOutageOfThreeHoursUnknownStatusesAndLateFileIdsEndsWell() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.STALL).statusText("in_progress", "pondering")
                .fileIdsLag(Duration.ofMinutes(5)).times(2));
        BatchJob job = bench.submit(200);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 100);
        bench.emulator.faults().add(RequestFault.onAny().status(503).always().lasting(Duration.ofHours(3)));
        bench.clock.advance(Duration.ofMinutes(150));
        Instant before = bench.clock.instant();
        bench.until("the provider is back", () -> bench.emulator.requests().list()
                .stream().anyMatch(request -> request.time().isAfter(before) && Objects.equals(request.status(), 200)));
        assertThat(job.report().state()).isEqualTo(JobState.RUNNING);
        bench.clock.advance(Duration.ofHours(21));
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(200);
        assertThat(report.sending().resent()).isEqualTo(100);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofHours(24));
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
    }

    @Test
    void aBatchThatIsNotFoundForAMomentIsWatchedOn() {
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofHours(1)));
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().times(2));
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).notFound());
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void aBatchThatIsNotFoundOnceAfterAnOutageIsWatchedOn() {
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofDays(1)));
        bench.emulator.faults()
                .add(RequestFault.on(Operation.RETRIEVE_BATCH).status(503).always().lasting(Duration.ofMinutes(30)));
        BatchJob job = bench.submit(100);
        bench.clock.advance(Duration.ofMinutes(20));
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().skip(3));
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void aBatchThatIsGonePausesItsJob() {
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofDays(9)).stopAfter(0.5, Stop.HANG));
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().always());
        BatchJob job = bench.submit(100);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("404");
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
    }

    private void pausedForABatchThatIsGone() {
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofDays(9)));
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().always());
        bench.submit(100);
        bench.until("it is paused", report -> report.state() == JobState.PAUSED);
    }

    @Test
    void aBatchThatIsGoneIsLookedForAgainIfItsJobIsResumed() {
        pausedForABatchThatIsGone();
        bench.emulator.faults().clear();
        bench.job().resume();
        assertThat(bench.await(bench.job()).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ownBatches()).isEqualTo(1);
    }

    @Test
    void ofABatchThatIsGoneTheLinesAreMissingIfItsJobIsCancelled() {
        pausedForABatchThatIsGone();
        bench.stop();
        bench.runner();
        bench.job().cancel();
        JobReport report = bench.await(bench.job());
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.count(Outcome.MISSING)).isEqualTo(100);
        assertThat(report.payment().unknown()).isEqualTo(100);
        bench.assertEachLineOnce(100);
    }

    @Test
    void shortAndBrokenDownloadsAreReadAgain() {
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).shorten(0.5));
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).cut(0.5));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ledger().paid()).isEqualTo(100);
    }

    @Test
    void batchesAreCreatedWithinTheProvidersLimitAnHour() {
        bench.limits(LineLimits.OPENAI.withRequests(100));
        bench.settings = bench.settings.withBatchesPerHour(2);
        JobReport report = bench.run(500);
        assertThat(report.sending().batches()).isEqualTo(5);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofHours(2));
        List<Instant> created = bench.emulator.batches().stream()
                .map(batch -> Instant.ofEpochSecond(batch.path("created_at").asLong())).sorted().toList();
        assertThat(Duration.between(created.get(0), created.get(2))).isGreaterThan(Duration.ofMinutes(59));
        assertThat(Duration.between(created.get(2), created.get(4))).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void aBatchThatCannotBeAskedForDoesNotHoldUpTheOthers() {
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofDays(1)));
        BatchJob job = bench.submit(300);
        bench.untilBatches("the batches are there", batches -> batches.size() == 3);
        String hidden = bench.emulator.batches().stream().map(batch -> batch.path("id").asText())
                .min(Comparator.comparing(this::createdAt)).orElseThrow();
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).id(hidden).reset().always());
        bench.until("the others are collected", report -> report.count(Outcome.SUCCEEDED) == 200);
        bench.emulator.faults().clear();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(300);
    }

    private long createdAt(String batch) {
        return bench.emulator.batches().stream().filter(each -> each.path("id").asText().equals(batch)).findFirst()
                .orElseThrow().path("created_at").asLong();
    }

    @Test
    void aFileThatIsNotReadyForAMomentIsWaitedFor() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(404));
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(400).body(
                "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":\"input_file_id\",\"code\":null}}"));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ownBatches()).isEqualTo(1);
    }

    @Test
    void aRequestThatIsRefusedAsItIsPausesTheJob() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(400).body(
                "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":\"endpoint\",\"code\":\"invalid_endpoint\"}}"));
        BatchJob job = bench.submit(10);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("invalid_endpoint");
    }

    @Test
    void aCancelThatIsRefusedWhileCancellingIsNoFailure() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG).refuseRepeatedCancel());
        BatchJob job = bench.submit(100);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 50);
        job.cancel();
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(50);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(50);
    }

    @Test
    void aStatusInCapitalsIsRecognised() {
        bench.emulator.faults().add(new BatchFault().upperCaseStatus());
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void anInputWhoseBatchMayExistIsNotDeleted() {
        bench.providerFiles(ProviderFiles.DELETE);
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
        bench.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(503).times(5));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ledger().paid()).isEqualTo(100);
        assertThat(bench.emulator.files()).isEmpty();
    }
}
