package io.quarkiverse.openai.batch.runtime.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

class ManualTaskQueueTest extends TaskQueueContract {

    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final ManualTaskQueue queue = new ManualTaskQueue(clock);

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected boolean reaches(CountDownLatch end) {
        while (end.getCount() > 0 && queue.runNext()) {
        }
        return end.getCount() == 0;
    }

    @Test
    void tasksRunInOrderOfTimeUntilATimeAndNotLater() {
        List<String> ran = new ArrayList<>();
        queue.start(task -> {
            ran.add(task.job() + " at " + Duration.between(START, clock.instant()));
            return Optional.of(clock.instant().plusSeconds(40));
        });
        queue.schedule(Task.spool("b"), START.plusSeconds(20));
        queue.schedule(Task.spool("a"), START.plusSeconds(10));
        queue.runUntil(START.plusSeconds(60));
        assertThat(ran).containsExactly("a at PT10S", "b at PT20S", "a at PT50S", "b at PT1M");
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(queue.next()).contains(START.plusSeconds(90));
    }
}
