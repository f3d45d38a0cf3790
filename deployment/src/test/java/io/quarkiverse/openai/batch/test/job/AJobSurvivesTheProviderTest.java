package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** What a provider does with whole batches and with requests. */
class AJobSurvivesTheProviderTest extends JobTest {

    @Test
    void aBatchCancelledBySomebodyElsePausesAndItsRestIsSentOnResume() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.STALL));
        BatchJob job = bench.submit(100);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 50);
        String batch = bench.emulator.batches().get(0).path("id").asText();
        bench.cancelAsSomebodyElse(batch);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining(batch);
        job.resume();
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resent()).isEqualTo(50);
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
        bench.assertEachLineOnce(100);
    }

    @Test
    void anExpiredBatchsRestIsSentAgainAndNothingTwice() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.3, Stop.EXPIRE).times(2));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resent()).isEqualTo(70 + 49);
        assertThat(bench.ledger().paid()).isEqualTo(100);
        assertThat(bench.inOrder()).extracting(result -> result.customId()).startsWith("line-0", "line-1").endsWith("line-99");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aListingOfFilesThatHasNoEndOrGoesInACircle(boolean endless) {
        ListingFault fault = new ListingFault().operation(Operation.LIST_FILES).always();
        bench.emulator.faults().add(endless ? fault.endless() : fault.circling());
        assertThat(bench.providerFiles(ProviderFiles.DELETE).run(10).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void linesThatExpireEachTimeAreExpired() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0, Stop.EXPIRE).always());
        JobReport report = bench.run(10);
        assertThat(report.count(Outcome.EXPIRED)).isEqualTo(10);
        assertThat(report.sending().batches()).isEqualTo(3);
    }

    @Test
    void absentLinesOfAnExpiredBatchAreSentAgainIfItsCountsAgree() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.3, Stop.EXPIRE).omitUnexecuted());
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ledger().paid()).isEqualTo(100);
    }

    @Test
    void absentLinesOfAnExpiredBatchAreNotSentAgainIfItsCountsDoNotAgree() {
        bench.emulator.faults()
                .add(new BatchFault().stopAfter(0.3, Stop.EXPIRE).omitUnexecuted().counts(BatchFault.Counts.ZERO));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(30);
        assertThat(report.count(Outcome.MISSING)).isEqualTo(70);
    }

    @Test
    void aBatchThatHangsIsCancelledAfterItsExpiryAndItsRestSentAgain() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG));
        BatchJob job = bench.submit(100);
        bench.untilBatches("half of the lines are run", batches -> bench.ledger().paid() == 50);
        bench.clock.advance(Duration.ofHours(26));
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.ledger().paid()).isEqualTo(100);
    }

    @Test
    void aRefusedLineFailsAndTheOthersAreSentAgain() {
        bench.emulator.faults().add(new BatchFault().failure(new BatchFailure("invalid_request", "no", null, 3)));
        JobReport report = bench.run(10);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(9);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(bench.inOrder().get(2).error().code()).isEqualTo("invalid_request");
    }

    @Test
    void aRefusedModelPausesTheJob() {
        bench.emulator.faults().add(new BatchFault().failure(BatchFailure.of("model_not_found", "no")));
        BatchJob job = bench.submit(10);
        assertThatThrownBy(() -> bench.await(job)).hasMessageContaining("model_not_found");
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void aTokenLimitIsWaitedFor() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(1_500));
        JobReport report = bench.run(400);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(400);
        assertThat(report.sending().duplicates()).isZero();
    }

    @Test
    void alsoOneThatComesWithoutAMessage() {
        bench.emulator.faults().add(new BatchFault().failure(BatchFailure.of("token_limit_exceeded", null)));
        assertThat(bench.run(10).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void aTokenLimitAndThenALostAnswerCreateTheBatchOnce() {
        bench.emulator.faults().add(new BatchFault().failure(BatchFailure.of("token_limit_exceeded", "later")));
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).skip(1).reset().withEffect());
        JobReport report = bench.run(100);
        assertThat(report.sending().duplicates()).isZero();
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
        assertThat(bench.emulator.batches()).hasSize(2);
    }

    @Test
    void aBatchWhoseCreationWasNotAnsweredIsAdopted() {
        bench.emulator.addForeignBatches(ForeignBatches.over(Duration.ofMinutes(5), 250));
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(500).effectAfter(Duration.ofMinutes(4)));
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofMinutes(3)).always());
        JobReport report = bench.run(200);
        assertThat(bench.ledger().paid()).isEqualTo(200);
        assertThat(report.sending().batches()).isEqualTo(2);
        assertThat(bench.ownBatches()).isEqualTo(2);
    }

    @Test
    void aBatchThatWasNotCreatedIsCreatedAfterTheListingHasSettled() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset());
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofMinutes(10));
        assertThat(bench.ownBatches()).isEqualTo(1);
    }

    @Test
    void aTwinThatAppearsAfterItsLinesWereCollectedIsCancelledAndReported() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofMinutes(40)).stopAfter(0.5, Stop.HANG));
        bench.emulator.faults().add(new BatchFault().skip(1).stopAfter(0.5, Stop.HANG));
        BatchJob job = bench.submit(200);
        bench.until("one batch is collected", report -> report.count(Outcome.SUCCEEDED) == 100);
        bench.until("the twin is noticed", report -> report.sending().duplicates() == 1);
        bench.untilBatches("it is cancelled", batches -> batches.stream()
                .anyMatch(batch -> batch.path("status").asText().equals("cancelled")));
        job.cancel();
        bench.await(job);
        assertThat(bench.emulator.batches()).noneMatch(batch -> batch.path("status").asText().equals("in_progress"));
    }

    @Test
    void aBatchThatTakesThePlaceOfARefusedOneIsNoTwin() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG));
        bench.emulator.faults().add(new BatchFault().failure(BatchFailure.of("token_limit_exceeded", "later")));
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().always());
        bench.clientWrap = client -> new JobClient(beforeListing(client.provider(), this::waitForTheThirdBatch),
                client.settings(), client.account());
        BatchJob job = bench.submit(200);
        bench.until("the refused lines are answered", report -> report.count(Outcome.SUCCEEDED) == 100);
        assertThat(job.report().sending().duplicates()).isZero();
        assertThat(bench.emulator.batches()).hasSize(3).noneMatch(batch -> batch.path("status").asText().equals("cancelled"));
    }

    /** Of a chunk whose end is known, and which the runner cannot take on yet. */
    private void waitForTheThirdBatch() {
        if (bench.store.chunks("numbers").stream().anyMatch(chunk -> chunk.state() == ChunkState.ENDED)) {
            bench.emulator.faults().clear();
            bench.untilBatches("the next batch is created", batches -> batches.size() == 3);
        }
    }

    private static BatchProvider beforeListing(BatchProvider provider, Runnable action) {
        return (BatchProvider) Proxy.newProxyInstance(BatchProvider.class.getClassLoader(),
                new Class<?>[] { BatchProvider.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        action.run();
                    }
                    try {
                        return method.invoke(provider, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aTwinIsNoticedTheYoungerCancelledAndBothCollected() {
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
        bench.emulator.faults().add(new BatchFault().listingLag(Duration.ofMinutes(30)).stopAfter(0.5, Stop.HANG));
        bench.emulator.faults().add(new BatchFault().stopAfter(0.2, Stop.HANG));
        BatchJob job = bench.submit(100);
        bench.until("the twin is noticed", report -> report.sending().duplicates() == 1);
        bench.untilBatches("the younger one is cancelled",
                batches -> batches.get(0).path("status").asText().equals("cancelled"));
        assertThat(bench.emulator.batches().get(1).path("status").asText()).isEqualTo("in_progress");
        bench.cancelAsSomebodyElse(bench.emulator.batches().get(1).path("id").asText());
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
        bench.assertEachLineOnce(100);
    }
}
