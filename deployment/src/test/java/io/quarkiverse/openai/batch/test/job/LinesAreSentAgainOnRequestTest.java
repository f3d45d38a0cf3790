package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkus.runtime.RuntimeValue;

class LinesAreSentAgainOnRequestTest extends JobTest {

    private static final Set<String> FAILING = Set.of("line-0", "line-1", "line-2");

    private void failSome() {
        bench.emulator.faults()
                .add(new BatchFault().lines(LineFault.failing(FAILING, 400, "invalid_value")).always());
    }

    private static HandlerMethod handler(Consumer<String> handler) {
        return new HandlerMethod("numbers", "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                new RuntimeValue<>((bean, arguments) -> {
                    handler.accept(((BatchResult) arguments[0]).customId());
                    return null;
                }));
    }

    @Test
    void alsoThoseThatWereUploadedAndNotSent() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        bench.results(StoredResults.DELETE_WHEN_HANDLED);
        bench.handlers = List.of(handler(seen::add));
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(429).always());
        BatchJob job = bench.submit(10);
        bench.until("it is uploaded", () -> bench.emulator.requests().count(Operation.CREATE_BATCH) > 0);
        job.cancel();
        assertThat(bench.await(job).count(Outcome.CANCELLED)).isEqualTo(10);
        bench.emulator.faults().clear();
        assertThat(job.rerun(Set.of(Outcome.CANCELLED))).isEqualTo(10);
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void alsoThoseWhoseResultsWereDeletedWhenTheyWereHandled() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        failSome();
        bench.results(StoredResults.DELETE_WHEN_HANDLED);
        bench.handlers = List.of(handler(seen::add));
        BatchJob job = bench.submit(100);
        assertThat(bench.await(job).count(Outcome.FAILED)).isEqualTo(3);
        bench.emulator.faults().clear();
        assertThat(job.rerun(Set.of(Outcome.FAILED))).isEqualTo(3);
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(seen).hasSize(103);
    }

    @Test
    void andThoseThatFailThisTimeKeepTheirAnswers() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        bench.handlers = List.of(handler(seen::add));
        bench.run(100);
        failSome();
        assertThat(bench.job().rerunIf(result -> FAILING.contains(result.customId()) || result.customId().equals("line-9")))
                .isEqualTo(4);
        bench.until("they are on their way", () -> bench.job().report().sending().batches() == 2);
        assertThat(bench.job().report().count(Outcome.SUCCEEDED)).isEqualTo(100);
        JobReport report = bench.await(bench.job());
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().attempts()).isEqualTo(104);
        assertThat(seen).as("handed over").hasSize(101).containsOnlyOnce("line-0", "line-1", "line-2");
        bench.assertEachLineOnce(100);
        assertThat(bench.inOrder()).allMatch(BatchResult::succeeded);
    }

    @Test
    void butNotThoseOfARequestThatWasBrokenOff() {
        bench.run(250);
        bench.stop();
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> row.state().isTerminal() && !after.state().isTerminal(), () -> {
            throw new IllegalStateException("halt");
        });
        bench.runner();
        assertThatThrownBy(() -> bench.job().rerunIf(result -> result.customId().endsWith("7"))).hasMessage("halt");
        bench.stop();
        bench.runner();
        assertThat(bench.job().rerunIf(result -> result.customId().equals("line-5"))).isEqualTo(1);
        bench.await(bench.job());
        bench.assertEachLineOnce(250);
        assertThat(bench.ledger().paidMoreThanOnce()).isEqualTo(1);
    }

    @Test
    void andTheEndIsToldAlsoIfTheFirstOneIsJustBeingTold() {
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> !row.announced() && after.announced(),
                () -> bench.job().rerunIf(result -> result.customId().equals("line-5")));
        bench.submit(10);
        bench.until("it is sent again", () -> bench.ledger().paidMoreThanOnce() == 1);
        bench.until("both ends are told", () -> bench.events.stream().filter(JobFinished.class::isInstance).count() == 2);
        bench.assertEachLineOnce(10);
    }

    @ParameterizedTest
    @CsvSource({ "KEEP, DELETE", "DELETE, KEEP" })
    void andTheOtherResultsStayThoughTheSettingsChange(String before, String after) {
        failSome();
        bench.providerFiles(ProviderFiles.valueOf(before)).run(100);
        bench.stop();
        bench.emulator.faults().clear();
        bench.providerFiles(ProviderFiles.valueOf(after)).runner();
        assertThat(bench.job().rerun(Set.of(Outcome.FAILED))).isEqualTo(3);
        assertThat(bench.await(bench.job()).count(Outcome.SUCCEEDED)).isEqualTo(100);
        bench.assertEachLineOnce(100);
    }

    @Test
    void andNoFailureOfAHandlerIsLeftOfTheOldResult() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean broken = new AtomicBoolean(true);
        bench.handlers = List.of(handler(id -> {
            if (broken.get() && id.equals("line-3")) {
                throw new IllegalStateException("broken");
            }
            seen.add(id);
        }));
        assertThat(bench.run(100).results().handlerFailed()).isEqualTo(1);
        broken.set(false);
        assertThat(bench.job().rerunIf(result -> result.customId().equals("line-3"))).isEqualTo(1);
        assertThat(bench.await(bench.job()).results().handlerFailed()).isZero();
        assertThat(bench.job().redeliver()).isZero();
        assertThat(seen).hasSize(100).containsOnlyOnce("line-3");
    }

    @Test
    void andTheJobIsKeptThoughItsRetentionWasOver() {
        AtomicBoolean done = new AtomicBoolean();
        bench.storeWrap = StoreProbe.beforeDelete(() -> {
            bench.job().rerunIf(result -> result.customId().equals("line-5"));
            done.set(true);
        });
        bench.await(bench.retention(Duration.ofHours(1)).submit(10));
        bench.clock.advance(Duration.ofHours(2));
        bench.until("it was to be deleted", done::get);
        bench.until("it is sent again", () -> bench.ledger().paidMoreThanOnce() == 1);
        assertThat(bench.runner().find("numbers")).isPresent();
    }

    @Test
    void oncePricesAreKnownThatWereNotWhenItWasAskedFor() {
        failSome();
        bench.prices("0.1", "0.1");
        BatchJob job = bench.runner().submit(spec("numbers", 10).maxCost(BigDecimal.TEN));
        bench.await(job);
        bench.settings = bench.settings.withPrices(Prices.none());
        bench.emulator.faults().clear();
        job.rerun(Set.of(Outcome.FAILED));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("jobs.prices");
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
        bench.prices("0.1", "0.1");
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(10);
    }
}
