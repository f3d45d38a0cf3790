package io.quarkiverse.openai.batch.runtime.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that every {@link TaskQueue} must pass. */
public abstract class TaskQueueContract {

    protected abstract TaskQueue queue();

    protected abstract InstantSource clock();

    /** Whether the tasks that are queued count a latch down. */
    protected abstract boolean reaches(CountDownLatch end) throws InterruptedException;

    private Instant now() {
        return clock().instant();
    }

    @Test
    void aTaskRunsAgainWhenItsHandlerSaysSo() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        queue().start(task -> {
            runs.countDown();
            return runs.getCount() > 0 ? Optional.of(now().plusMillis(5)) : Optional.empty();
        });
        queue().schedule(Task.spool("a"), now());
        assertThat(reaches(runs)).isTrue();
    }

    @Test
    void equalTasksRunOneAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch runs = new CountDownLatch(20);
        queue().start(task -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            queue().schedule(task, now());
            running.decrementAndGet();
            runs.countDown();
            return Optional.empty();
        });
        queue().schedule(Task.spool("a"), now());
        assertThat(reaches(runs)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void anEarlierTimeCountsAndALaterOneDoesNot() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        queue().start(task -> {
            ran.countDown();
            return Optional.empty();
        });
        queue().schedule(Task.spool("a"), now().plus(Duration.ofHours(1)));
        assertThat(queue().has(Task.spool("a"))).isTrue();
        queue().schedule(Task.spool("a"), now());
        queue().schedule(Task.spool("a"), now().plus(Duration.ofHours(1)));
        assertThat(reaches(ran)).isTrue();
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
            queue().schedule(new Task(Task.Kind.ADVANCE, "a", chunk), now());
        }
        assertThat(reaches(ran)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverTasksThrowTheyRunAgainAndSoDoOthers(Throwable thrown) throws Exception {
        CountDownLatch ran = new CountDownLatch(20);
        queue().start(task -> {
            if (task.kind() != Task.Kind.FINISH) {
                Thread.currentThread().interrupt();
                TaskQueueContract.<RuntimeException> sneak(thrown);
            }
            ran.countDown();
            return Optional.empty();
        });
        for (int n = 0; n < 20; n++) {
            queue().schedule(new Task(Task.Kind.ADVANCE, "a", n), now());
            queue().schedule(new Task(Task.Kind.HAND_OVER, "a", n), now());
        }
        for (int n = 0; n < 20; n++) {
            queue().schedule(Task.finish("job-" + n), now());
        }
        assertThat(reaches(ran)).isTrue();
        assertThat(queue().has(new Task(Task.Kind.ADVANCE, "a", 0))).isTrue();
        assertThat(queue().has(new Task(Task.Kind.HAND_OVER, "a", 19))).isTrue();
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalStateException(), new SQLException(), new InterruptedException(),
                new StackOverflowError(), new Throwable());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
