package io.quarkiverse.openai.batch.runtime.job.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueueContract;

class InProcessTaskQueueTest extends TaskQueueContract {

    private final TaskQueue queue = new InProcessTaskQueue(InstantSource.system(), 4, Duration.ofSeconds(1));

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    protected boolean reaches(CountDownLatch end) throws InterruptedException {
        return end.await(10, TimeUnit.SECONDS);
    }

    @Test
    void tasksThatCallTheApplicationHoldUpNeitherTheEngineNorThoseOfOtherJobs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(12);
        CountDownLatch others = new CountDownLatch(24);
        AtomicInteger calls = new AtomicInteger();
        queue.start(task -> {
            if (task.job().equals("blocked")) {
                calls.incrementAndGet();
                blocked.countDown();
                await(end);
            }
            others.countDown();
            return Optional.empty();
        });
        for (Task.Kind kind : List.of(Task.Kind.SPOOL, Task.Kind.HAND_OVER, Task.Kind.ANNOUNCE)) {
            for (int n = 0; n < 8; n++) {
                queue.schedule(new Task(kind, "blocked", n), Instant.now());
            }
            for (int n = 0; n < 8; n++) {
                queue.schedule(new Task(n < 4 ? kind : Task.Kind.ADVANCE, "other-" + kind, n), Instant.now());
            }
        }
        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).hasValue(12);
        end.countDown();
    }

    @Test
    void aCloseWaitsForTheEngineAndNotLongForTheApplication() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch engineEnded = new CountDownLatch(1);
        queue.start(task -> {
            begun.countDown();
            if (task.kind() == Task.Kind.HAND_OVER) {
                await(end);
            } else {
                LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
                engineEnded.countDown();
            }
            return Optional.empty();
        });
        queue.schedule(new Task(Task.Kind.HAND_OVER, "a", 1), Instant.now());
        queue.schedule(Task.finish("a"), Instant.now());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        queue.close();
        assertThat(engineEnded.getCount()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        end.countDown();
    }

    /** As code does that swallows interrupts. */
    private static void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException swallowed) {
                // and waits on
            }
        }
    }

    @AfterEach
    void close() {
        queue.close();
    }
}
