package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobStore;
import io.quarkus.test.QuarkusUnitTest;

/** Some lines of a chunk are stored as another one, and the first does not know it yet. */
class LinesOnTheirWayToAnotherChunkAreSentOnceTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(JobBench.class, FastClock.class))
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

    /** At the first writing of such a row, before that is done. */
    private void once(String method, Predicate<ChunkRow> when, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        bench.storeWrap = store -> (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(),
                new Class<?>[] { JobStore.class }, (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && arguments[0] instanceof ChunkRow row && when.test(row)
                            && done.compareAndSet(false, true)) {
                        action.run();
                    }
                    try {
                        return called.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

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
    void theOthersOfARefusedLineWhenTheJobIsResumed() {
        bench.emulator.faults().add(new BatchFault().failure(new BatchFailure("invalid_request", "no", null, 3)));
        once("update", LinesOnTheirWayToAnotherChunkAreSentOnceTest::isFirstCollected, this::resume);
        assertThat(finished().count(Outcome.SUCCEEDED)).isEqualTo(9);
        assertThat(bench.ledger().paid()).isEqualTo(9);
    }

    @Test
    void halvesOfALargeChunkWhenTheJobIsResumed() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(5));
        once("update", LinesOnTheirWayToAnotherChunkAreSentOnceTest::isFirstCollected, () -> {
            resume();
            bench.emulator.limits(Limits.DOCUMENTED);
        });
        assertThat(finished().count(Outcome.SUCCEEDED)).isEqualTo(10);
        assertThat(bench.ledger().paid()).isEqualTo(10);
    }

    @Test
    void halvesOfALargeChunkWhenTheJobIsCancelledBetweenThem() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(5));
        once("insert", row -> row.number() == 3, () -> {
            bench.job().cancel();
            throw new IllegalStateException("the disk is full");
        });
        BatchJob job = bench.submit(10);
        JobReport report = bench.await(job);
        assertThat(report.count(Outcome.CANCELLED)).isEqualTo(10);
        bench.assertEachLineOnce(10);
    }
}
