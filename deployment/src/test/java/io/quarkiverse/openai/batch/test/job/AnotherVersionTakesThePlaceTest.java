package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

/** Of a job that waits for a decision, while something of it is under way. */
class AnotherVersionTakesThePlaceTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(JobBench.class, FastClock.class, StoreProbe.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");

    private JobBench bench;

    @BeforeEach
    void open() {
        bench = new JobBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void failTheCanary() {
        bench.emulator.faults().add(
                new BatchFault().lines(LineFault.failing(Set.of("line-0", "line-1", "line-2"), 400, "invalid_value")).always());
    }

    private static JobSpec mended() {
        return spec("numbers", 50).version("2").requests(() -> requests(60).skip(10));
    }

    @Test
    void whenTheSourceOfTheFirstIsJustReadToItsEnd() {
        failTheCanary();
        AtomicReference<BatchJob> mended = new AtomicReference<>();
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> !row.spooled() && after.spooled(), () -> {
            bench.until("its canary has failed", report -> report.state() == JobState.PAUSED);
            mended.set(bench.runner().submit(mended()));
        });
        bench.runner().submit(spec("numbers", 50).canary(10));
        Awaitility.await("the other is submitted").until(() -> mended.get() != null);
        assertThat(bench.await(mended.get()).count(Outcome.SUCCEEDED)).isEqualTo(50);
    }

    @Test
    void andIsCancelledWhileTheSourceOfTheFirstIsRead() {
        failTheCanary();
        CountDownLatch goOn = new CountDownLatch(1);
        BatchJob job = bench.runner().submit(spec("numbers", 50).canary(10).requests(() -> requests(250).peek(request -> {
            if (request.customId().equals("line-200")) {
                await(goOn);
            }
        })));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class);
        BatchJob mended = bench.runner().submit(mended());
        mended.cancel();
        goOn.countDown();
        assertThat(bench.await(mended).state()).isEqualTo(JobState.CANCELLED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void butNotIfTheFirstIsResumedMeanwhile() {
        failTheCanary();
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> !row.reading().anew() && after.reading().anew(), () -> {
            bench.job().resume();
            bench.until("the others are sent", report -> report.sending().batches() == 2);
        });
        BatchJob job = bench.runner().submit(spec("numbers", 50).canary(10));
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class);
        assertThatThrownBy(() -> bench.runner().submit(mended())).isInstanceOf(JobConflictException.class);
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(47);
        bench.assertEachLineOnce(50);
    }

    @Test
    void andIsNotPausedForWhatTheFirstAsks() {
        AtomicReference<BatchJob> smaller = new AtomicReference<>();
        bench.storeWrap = StoreProbe.beforeJob(
                (row, after) -> row.state() == JobState.RUNNING && after.state() == JobState.PAUSED, () -> {
                    bench.until("another chunk has asked", report -> report.state() == JobState.PAUSED);
                    smaller.set(bench.runner().submit(spec("numbers", 50).maxTokens(900).version("2")));
                });
        bench.runner().submit(spec("numbers", 250).maxTokens(900));
        Awaitility.await("the other is submitted").until(() -> smaller.get() != null);
        assertThat(bench.await(smaller.get()).state()).isEqualTo(JobState.FINISHED);
    }
}
