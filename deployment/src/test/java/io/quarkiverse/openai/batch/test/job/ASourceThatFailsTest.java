package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** It interrupts its job at once, whatever it throws, and concerns no other job. */
class ASourceThatFailsTest extends JobTest {

    enum Thrown {
        RUNTIME(() -> new IllegalStateException("broken")),
        CHECKED(() -> new SQLException("checked")),
        STACK_OVERFLOW(StackOverflowError::new),
        LINKAGE(() -> new NoSuchMethodError("of another version")),
        INTERRUPTED(InterruptedException::new),
        OF_ITS_OWN(() -> new Throwable("neither an exception nor an error"));

        final Supplier<Throwable> thrown;

        Thrown(Supplier<Throwable> thrown) {
            this.thrown = thrown;
        }
    }

    /** Where it throws. */
    enum Where {
        OPEN,
        LINE,
        CLOSE;

        Stream<BatchRequest> lines(Supplier<Throwable> thrown) {
            if (this == OPEN) {
                sneaky(thrown.get());
            }
            return requests(150).map(line -> {
                if (this == LINE && line.customId().equals("line-120")) {
                    sneaky(thrown.get());
                }
                return line;
            }).onClose(() -> {
                if (this == CLOSE) {
                    sneaky(thrown.get());
                }
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneaky(Throwable e) throws E {
        throw (E) e;
    }

    /** As names: the application under test loads classes of its own. */
    static Stream<String> thrown() {
        return Stream.of(Thrown.values()).map(Enum::name);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverItThrows(String name) {
        whateverItThrows(Thrown.valueOf(name));
    }

    private void whateverItThrows(Thrown thrown) {
        bench.onThreads();
        for (Where where : Where.values()) {
            String name = "numbers-" + where;
            BatchJob job = bench.runner().submit(JobSpec.named(name).requests(() -> where.lines(thrown.thrown)));
            bench.until("it is interrupted", name, report -> report.state() == JobState.INTERRUPTED);
            assertThat(job.report().reason()).contains(thrown.thrown.get().getClass().getName(), "Submit it again");
            assertThat(bench.await(bench.runner().submit(spec(name, 150))).state()).isEqualTo(JobState.FINISHED);
        }
        assertThat(bench.ledger().paid()).isEqualTo(3 * 150);
    }

    private JobSpec blocking(String name, CountDownLatch begun, CountDownLatch end, boolean interruptible) {
        return JobSpec.named(name).requests(() -> requests(20).peek(line -> {
            if (line.customId().equals("line-10")) {
                begun.countDown();
                await(end, interruptible);
            }
        }));
    }

    private static void await(CountDownLatch end, boolean interruptible) {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException e) {
                if (interruptible) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void sourcesThatBlockDoNotKeepOthersFromTheirWay(boolean interruptible) {
        CountDownLatch begun = new CountDownLatch(6);
        CountDownLatch end = new CountDownLatch(1);
        bench.onThreads();
        for (int job = 0; job < 6; job++) {
            bench.runner().submit(blocking("blocked-" + job, begun, end, interruptible));
        }
        bench.until("all of them block", () -> begun.getCount() == 0);
        assertThat(bench.run(20).state()).isEqualTo(JobState.FINISHED);
        for (int job = 0; job < 5; job++) {
            BatchJob blocked = bench.runner().find("blocked-" + job).orElseThrow();
            blocked.cancel();
            assertThat(bench.await(blocked).state()).isEqualTo(JobState.CANCELLED);
        }
        end.countDown();
        assertThat(bench.await(bench.runner().find("blocked-5").orElseThrow()).state()).isEqualTo(JobState.FINISHED);
        for (int job = 0; job < 5; job++) {
            assertThat(bench.store.job("blocked-" + job).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
            assertThat(bench.store.chunks("blocked-" + job)).isEmpty();
        }
    }

    @Test
    void aStopDoesNotWaitForItLong() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        bench.onThreads();
        bench.runner().submit(blocking("numbers", begun, end, false));
        bench.until("it blocks", () -> begun.getCount() == 0);
        long start = System.nanoTime();
        bench.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(bench.job().report().state()).isIn(JobState.RUNNING, JobState.INTERRUPTED);
        assertThat(bench.run(20).state()).isEqualTo(JobState.FINISHED);
        end.countDown();
        bench.stop();
        assertThat(bench.job().report().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.emulator.requests().count(Operation.CREATE_BATCH)).isEqualTo(1);
    }
}
