package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.method.SourceMethod;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkus.runtime.RuntimeValue;

class AJobSurvivesARestartTest extends JobTest {

    @Test
    void aJobWhoseSourceWasReadGoesOnByItself() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG).always());
        bench.submit(200);
        bench.untilBatches("both batches are there", batches -> batches.size() == 2);
        bench.stop();
        bench.emulator.faults().clear();
        bench.runner();
        bench.clock.advance(Duration.ofHours(27));
        JobReport report = bench.await(bench.job());
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(200);
        bench.assertEachLineOnce(200);
        assertThat(bench.ledger().paid()).isEqualTo(200);
    }

    @Test
    void aJobWhoseFilesWereDeletedWithoutItsKnowledgeGoesOn() {
        bench.providerFiles(ProviderFiles.DELETE);
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(429).always());
        bench.emulator.faults().add(RequestFault.on(Operation.DELETE_FILE).status(500).withEffect().always());
        BatchJob job = bench.submit(10);
        bench.until("no batch is created", () -> bench.emulator.requests().count(Operation.CREATE_BATCH) > 0);
        job.cancel();
        bench.until("its file is deleted", () -> bench.emulator.files().isEmpty());
        bench.stop();
        bench.emulator.faults().clear();
        bench.runner();
        assertThat(bench.await(bench.job()).count(Outcome.CANCELLED)).isEqualTo(10);
    }

    @Test
    void whoWaitsIsToldThatTheApplicationStops() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG));
        BatchJob job = bench.submit(100);
        bench.untilBatches("the batch is there", batches -> batches.size() == 1);
        var ended = job.completion().subscribeAsCompletionStage();
        bench.stop();
        // it is delivered on a thread of its own
        assertThat(ended).failsWithin(Duration.ofSeconds(30));
        assertThat(bench.runner().find("numbers")).isPresent();
    }

    @Test
    void aSourceIsReadAgainFromItsStartAndItsChunksAreNotSentTwice() throws Exception {
        stopWhileReading(false);
        bench.runner();
        bench.until("it says that its source is gone", report -> report.state() == JobState.INTERRUPTED);
        JobReport report = bench.run(250);
        assertThat(report.sending().batches()).isEqualTo(3);
        assertThat(bench.ledger().paid()).isEqualTo(250);
    }

    @Test
    void aMethodOfTheApplicationGivesTheLinesAgain() throws Exception {
        stopWhileReading(true);
        List<String> asked = new ArrayList<>();
        bench.sources = List.of(source("others", job -> Stream.empty()), source("numb*", job -> {
            asked.add(job);
            return requests(250);
        }));
        bench.runner();
        JobReport report = bench.await(bench.job());
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(250);
        assertThat(bench.ledger().paid()).isEqualTo(250);
        assertThat(asked).containsExactly("numbers");
    }

    @Test
    void twoMethodsForOneJobAreToldApart() throws Exception {
        stopWhileReading(true);
        bench.sources = List.of(source("numbers", job -> Stream.empty()), source("*", job -> Stream.empty()));
        bench.runner();
        assertThatThrownBy(() -> bench.await(bench.job())).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("source of numbers, source of *");
    }

    private static SourceMethod source(String pattern, Function<String, Stream<BatchRequest>> lines) {
        return new SourceMethod(pattern, "source of " + pattern, true,
                new RuntimeValue<>((bean, arguments) -> lines.apply(((JobName) arguments[0]).value())));
    }

    @Test
    void nothingIsSentWithAKeyOfAnotherAccount() {
        bench.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG).always());
        bench.activeBatches(1).submit(200);
        bench.untilBatches("a batch is there", batches -> batches.size() == 1);
        bench.until("both files are uploaded", report -> bench.emulator.files().size() == 2);
        bench.stop();
        bench.emulator.faults().clear();
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().always());
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).notFound().always());
        bench.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).body("{\"data\":[],\"has_more\":false}").status(200)
                .always());
        bench.emulator.requests().clear();
        bench.activeBatches(1000).runner();
        assertThatThrownBy(() -> bench.await(bench.job())).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("another account");
        assertThat(bench.emulator.requests().count(Operation.CREATE_BATCH)).isZero();
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
        bench.emulator.faults().clear();
        bench.clock.advance(Duration.ofHours(27));
        bench.job().resume();
        assertThat(bench.await(bench.job()).count(Outcome.SUCCEEDED)).isEqualTo(200);
    }

    @Test
    void aSourceThatHasChangedIsRefused() throws Exception {
        stopWhileReading(false);
        BatchJob job = bench.runner().submit(spec("numbers", 0)
                .requests(() -> requests(250).map(line -> BatchRequest.chat(line.customId(), "gpt-6-luna", "other"))));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("other lines");
        assertThat(bench.run(250).sending().batches()).isEqualTo(3);
    }

    @Test
    void aSourceThatHasFewerLinesIsRefused() throws Exception {
        stopWhileReading(false);
        BatchJob job = bench.submit(50);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class);
        assertThat(bench.run(250).sending().batches()).isEqualTo(3);
    }

    @Test
    void aSourceThatIsGoodForOneTimeIsInterrupted() throws Exception {
        stopWhileReading(true);
        bench.runner();
        assertThatThrownBy(() -> bench.await(bench.job())).isInstanceOf(JobStoppedException.class)
                .hasMessageContaining("again to continue");
        bench.until("what was read is sent", report -> report.count(Outcome.SUCCEEDED) == 200);
    }

    @Test
    void anInterruptedJobCanBeCancelled() throws Exception {
        stopWhileReading(false);
        bench.runner();
        bench.until("it says that its source is gone", report -> report.state() == JobState.INTERRUPTED);
        bench.job().cancel();
        assertThat(bench.await(bench.job()).state()).isEqualTo(JobState.CANCELLED);
    }

    /** Stops with two chunks stored, and the third not yet. */
    private void stopWhileReading(boolean oneShot) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Stream<BatchRequest> lines = requests(250).peek(line -> {
            if (line.customId().equals("line-210")) {
                reading.countDown();
                await(new CountDownLatch(1));
            }
        });
        bench.onThreads().runner()
                .submit(oneShot ? spec("numbers", 0).requestsOnce(lines) : spec("numbers", 0).requests(() -> lines));
        reading.await();
        bench.stop();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
