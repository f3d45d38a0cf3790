package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;

/** It concerns neither other jobs, nor a stop, nor a cancel. */
class AHandlerThatBlocksTest extends HandlerTest {

    @Test
    void theInterruptFlagThatItLeavesConcernsNobody() {
        bench.onThreads();
        handles(false, ids -> Thread.currentThread().interrupt());
        for (int job = 0; job < 8; job++) {
            assertThat(bench.await(bench.runner().submit(spec("numbers-" + job, 5))).state()).isEqualTo(JobState.FINISHED);
        }
        assertThat(taken).hasSize(40);
    }

    @Test
    void handlersThatBlockDoNotHoldUpOtherJobs() {
        CountDownLatch end = new CountDownLatch(1);
        Set<Thread> blocked = ConcurrentHashMap.newKeySet();
        bench.onThreads();
        bench.handlers = List.of(handler("slow", false, ids -> {
            blocked.add(Thread.currentThread());
            end.await();
        }), handler("num*", false, ids -> {
        }));
        bench.runner().submit(spec("slow", 1_000));
        bench.until("its calls block", () -> blocked.size() == 4);
        assertThat(bench.run(20).state()).isEqualTo(JobState.FINISHED);
        assertThat(blocked).hasSize(4);
        end.countDown();
        assertThat(bench.await(bench.runner().find("slow").orElseThrow()).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void aHandlerMaySubmitAJobAndAwaitIt() {
        Set<JobState> ends = Collections.synchronizedSet(new HashSet<>());
        bench.onThreads();
        bench.handlers = List.of(handler("outer", false, ids -> ends.add(bench.runner()
                .submit(spec("inner-" + ids.get(0), 3)).await(Duration.ofSeconds(30)).state())));
        assertThat(bench.await(bench.runner().submit(spec("outer", 8))).results().handlerFailed()).isZero();
        assertThat(ends).containsExactly(JobState.FINISHED);
        assertThat(bench.runner().list(JobQuery.all().withName("inner-*"))).hasSize(8);
    }

    @Test
    void whatItDoesAfterAStopHasNoEffect() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean blocks = new AtomicBoolean(true);
        bench.onThreads();
        handles(false, ids -> {
            if (ids.contains("line-50") && blocks.get()) {
                blocked.countDown();
                while (go.getCount() > 0) {
                    awaitUninterruptibly(go);
                }
                done.countDown();
            }
        });
        bench.submit(100);
        bench.until("it blocks", () -> blocked.getCount() == 0);
        long start = System.nanoTime();
        bench.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        blocks.set(false);
        assertThat(bench.await(bench.job()).state()).isEqualTo(JobState.FINISHED);
        List<Object> rows = List.copyOf(bench.store.chunks("numbers"));
        go.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        bench.stop();
        bench.runner();
        assertThat(bench.store.chunks("numbers")).isEqualTo(rows);
        assertThat(bench.job().report().state()).isEqualTo(JobState.FINISHED);
        assertThat(requests(100).map(request -> request.customId()).toList()).isSubsetOf(taken);
    }

    @Test
    void aCallThatDoesNotEndIsGivenUpAfterACancel() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        bench.settings = bench.settings.withCancelTimeout(Duration.ofSeconds(1));
        bench.onThreads();
        handles(false, ids -> {
            if (ids.contains("line-5")) {
                while (go.getCount() > 0) {
                    awaitUninterruptibly(go);
                }
                over.countDown();
            }
        });
        BatchJob job = bench.submit(20);
        bench.until("it blocks", () -> taken.size() == 5);
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.CANCELLED);
        assertThat(report.results().handlerFailed()).isBetween(15L, 20L);
        List<Object> rows = List.copyOf(bench.store.chunks("numbers"));
        go.countDown();
        bench.until("the call ends", () -> over.getCount() == 0);
        bench.stop();
        bench.runner();
        assertThat(bench.store.chunks("numbers")).isEqualTo(rows);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ignored) {
            // as code does that swallows it
        }
    }
}
