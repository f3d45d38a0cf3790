package io.quarkiverse.openai.batch.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/** What every {@link TaskQueue} does. */
abstract class TaskQueueContract {

    abstract TaskQueue queue();

    @Test
    void aTaskRunsAgainWhenItsHandlerSaysSo() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        queue().start(task -> {
            runs.countDown();
            return runs.getCount() > 0 ? Optional.of(Instant.now().plusMillis(5)) : Optional.empty();
        });
        queue().schedule(Task.spool("a"), Instant.now());
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void equalTasksRunOneAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch runs = new CountDownLatch(20);
        queue().start(task -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            queue().schedule(task, Instant.now());
            running.decrementAndGet();
            runs.countDown();
            return Optional.empty();
        });
        queue().schedule(Task.spool("a"), Instant.now());
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void anEarlierTimeCountsAndALaterOneDoesNot() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        queue().start(task -> {
            ran.countDown();
            return Optional.empty();
        });
        queue().schedule(Task.spool("a"), Instant.now().plus(Duration.ofHours(1)));
        assertThat(queue().has(Task.spool("a"))).isTrue();
        queue().schedule(Task.spool("a"), Instant.now());
        queue().schedule(Task.spool("a"), Instant.now().plus(Duration.ofHours(1)));
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue().has(Task.spool("b"))).isFalse();
    }

    @Test
    void aFailureOfOneTaskDoesNotStopTheOthers() throws Exception {
        CountDownLatch ran = new CountDownLatch(50);
        queue().start(task -> {
            if (task.chunk() % 2 == 0) {
                throw new AssertionError("its own fault");
            }
            ran.countDown();
            return Optional.empty();
        });
        for (int chunk = 0; chunk < 100; chunk++) {
            queue().schedule(new Task(Task.Kind.ADVANCE, "a", chunk), Instant.now());
        }
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
