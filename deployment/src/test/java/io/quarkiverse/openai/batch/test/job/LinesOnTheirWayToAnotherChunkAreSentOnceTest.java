package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** Some lines of a chunk are stored as another one, and the first does not know it yet. */
class LinesOnTheirWayToAnotherChunkAreSentOnceTest extends JobTest {

    private static boolean isFirstCollected(ChunkRow row) {
        return row.input().parent() == 0 && row.state() == ChunkState.COLLECTED;
    }

    private void resume() {
        BatchJob job = bench.job();
        job.pause();
        assertThat(job.report().state()).isEqualTo(JobState.PAUSED);
        job.resume();
    }

    private JobReport finished() {
        BatchJob job = bench.submit(10);
        bench.until("it has ended", report -> report.state() == JobState.FINISHED);
        bench.assertEachLineOnce(10);
        return job.report();
    }

    @Test
    void andKeepTheirOutcomesIfTheyAreNotSentAfterAll() {
        Set<String> ten = IntStream.range(0, 10).mapToObj(n -> "line-" + n).collect(Collectors.toSet());
        bench.emulator.faults().add(new BatchFault().lines(LineFault.failing(ten, 429, "rate_limit_exceeded")));
        BatchJob job = bench.submit(100);
        bench.until("it is created", () -> job.report().sending().batches() == 1);
        bench.emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(429).always());
        bench.until("ten lines wait", () -> job.report().sending().resent() == 10);
        assertThat(job.report().count(Outcome.SUCCEEDED)).isEqualTo(90);
        assertThat(job.report().count(Outcome.FAILED)).isEqualTo(10);
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(10);
        assertThat(report.count(Outcome.CANCELLED)).isZero();
        assertThat(report.results().firstErrors()).containsExactly("429 rate_limit_exceeded");
        bench.assertEachLineOnce(100);
    }

    @Test
    void theOthersOfARefusedLineWhenTheJobIsResumed() {
        bench.emulator.faults().add(new BatchFault().failure(new BatchFailure("invalid_request", "no", null, 3)));
        bench.storeWrap = StoreProbe.beforeChunk("update", LinesOnTheirWayToAnotherChunkAreSentOnceTest::isFirstCollected,
                this::resume);
        assertThat(finished().count(Outcome.SUCCEEDED)).isEqualTo(9);
        assertThat(bench.ledger().paid()).isEqualTo(9);
    }

    @Test
    void halvesOfALargeChunkWhenTheJobIsResumed() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(5));
        bench.storeWrap = StoreProbe.beforeChunk("update", LinesOnTheirWayToAnotherChunkAreSentOnceTest::isFirstCollected,
                () -> {
                    resume();
                    bench.emulator.limits(Limits.DOCUMENTED);
                });
        assertThat(finished().count(Outcome.SUCCEEDED)).isEqualTo(10);
        assertThat(bench.ledger().paid()).isEqualTo(10);
    }

    @Test
    void halvesOfALargeChunkWhenTheJobIsCancelledBetweenThem() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(5));
        AtomicInteger halves = new AtomicInteger();
        bench.storeWrap = StoreProbe.beforeChunk("insert", row -> !row.isOfSource() && halves.incrementAndGet() == 2, () -> {
            bench.job().cancel();
            throw new IllegalStateException("the disk is full");
        });
        BatchJob job = bench.submit(10);
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(10);
        bench.assertEachLineOnce(10);
    }
}
