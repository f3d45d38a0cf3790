package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** Of a job that waits for a decision, while something of it is under way. */
class AnotherVersionTakesThePlaceTest extends JobTest {

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
        bench.until("the other is submitted", () -> mended.get() != null);
        assertThat(bench.await(mended.get()).count(Outcome.SUCCEEDED)).isEqualTo(50);
    }

    @Test
    void andIsCancelledWhileTheSourceOfTheFirstIsRead() {
        failTheCanary();
        bench.runner().submit(spec("numbers", 50).canary(10).requests(() -> requests(250).peek(request -> {
            if (request.customId().equals("line-200")) {
                bench.until("its canary has failed", report -> report.state() == JobState.PAUSED);
                bench.runner().submit(mended()).cancel();
            }
        })));
        bench.until("the other is cancelled", report -> report.state() == JobState.CANCELLED);
    }

    @Test
    void butNotIfTheFirstIsResumedMeanwhile() {
        failTheCanary();
        bench.storeWrap = StoreProbe.beforeJob((row, after) -> !row.reading().replaced() && after.reading().replaced(), () -> {
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
        bench.until("the other is submitted", () -> smaller.get() != null);
        assertThat(bench.await(smaller.get()).state()).isEqualTo(JobState.FINISHED);
    }
}
