package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.event.JobFinished;

/** Its code may use jobs on any thread, and wait for that. */
class TheApplicationIsCalledUnderNoLockTest extends JobTest {

    /** Submits a job on another thread, and waits for that. */
    private void submitElsewhere(String name) {
        CompletableFuture.runAsync(() -> bench.runner().submit(spec(name, 3))).orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void observers() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean called = new AtomicBoolean();
        bench.observer = event -> {
            try {
                submitElsewhere("other");
            } catch (RuntimeException e) {
                failure.set(e);
            }
            called.set(true);
        };
        bench.onThreads();
        assertThat(bench.run(10).state()).isEqualTo(JobState.FINISHED);
        bench.until("it is called", called::get);
        assertThat(failure).hasNullValue();
    }

    @Test
    void observersThatBlockHoldNobodyUp() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        bench.observer = event -> {
            blocked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            told.compareAndSet(false, event instanceof JobFinished);
        };
        BatchJob job = bench.onThreads().submit(10);
        bench.until("it blocks", () -> blocked.getCount() == 0);
        bench.until("the job ends", report -> report.state() == JobState.FINISHED);
        end.countDown();
        bench.until("the observer is called", told::get);
        assertThat(job.completion().await().indefinitely().state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void selectionsOfLines() {
        bench.onThreads().run(10);
        AtomicBoolean submitted = new AtomicBoolean();
        assertThat(bench.job().rerunIf(result -> {
            if (!submitted.getAndSet(true)) {
                submitElsewhere("other");
            }
            return result.customId().equals("line-5");
        })).isEqualTo(1);
        assertThat(bench.await(bench.job()).state()).isEqualTo(JobState.FINISHED);
    }
}
