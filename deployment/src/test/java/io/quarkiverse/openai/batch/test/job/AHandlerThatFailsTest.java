package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;

/** A bad line is set aside, and an outage loses nothing. */
class AHandlerThatFailsTest extends HandlerTest {

    private static Set<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "line-" + n).collect(Collectors.toSet());
    }

    private void failing(Set<String> bad, boolean takesList) {
        handles(takesList, ids -> {
            if (ids.stream().anyMatch(bad::contains)) {
                throw new IllegalStateException("broken");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anOutageLosesNoDelivery(boolean takesList) {
        AtomicBoolean over = new AtomicBoolean();
        handles(takesList, ids -> {
            if (!over.get()) {
                throw new SQLException("Connection refused");
            }
        });
        bench.submit(100);
        bench.until("it is called", () -> calls.get() > 0);
        Instant end = bench.clock.instant().plus(Duration.ofMinutes(40));
        bench.until("forty minutes have passed", () -> bench.clock.instant().isAfter(end));
        assertThat(calls).hasValueLessThan(2_000);
        assertThat(bench.job().report().results().handlerFailed()).isZero();
        over.set(true);
        assertThat(bench.await(bench.job()).results().handlerFailed()).isZero();
        isTakenOnce(100);
    }

    @Test
    void anOutageThatEndsBetweenTwoLinesLosesNoDelivery() {
        handles(false, ids -> {
            if (calls.get() <= 7) {
                throw new SQLException("Connection refused");
            }
        });
        assertThat(bench.run(100).results().handlerFailed()).isZero();
        isTakenOnce(100);
    }

    @Test
    void anOutageThatBeginsWhileACallIsUnderWayLosesNoDelivery() {
        bench.onThreads();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger again = new AtomicInteger(-3);
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch failing = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        handles(false, ids -> {
            if (over.get()) {
                return;
            }
            if (ids.contains("line-100")) {
                underWay.countDown();
                failing.await();
                return;
            }
            if (ids.contains("line-101")) {
                next.countDown();
            } else if (ids.contains("line-0")) {
                again.incrementAndGet();
                underWay.await();
            } else if (ids.contains("line-3")) {
                failing.countDown();
                next.await();
            }
            throw new SQLException("Connection refused");
        });
        BatchJob job = bench.submit(200);
        bench.until("the first is tried again", () -> again.get() > 0);
        over.set(true);
        assertThat(bench.await(job).results().handlerFailed()).isZero();
        isTakenOnce(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aBadLineIsSetAsideOnceALaterOneIsTaken(boolean takesList) {
        AtomicInteger alone = new AtomicInteger();
        handles(takesList, ids -> {
            if (ids.contains("line-7")) {
                alone.addAndGet(ids.size() == 1 ? 1 : 0);
                throw new IllegalStateException("broken");
            }
        });
        Instant start = bench.clock.instant();
        JobReport report = bench.run(100);
        assertThat(report.results().handlerFailed()).isEqualTo(1);
        assertThat(alone).hasValue(4);
        isTakenOnce(99);
        assertThat(report.times().endedAt()).isBefore(start.plus(Duration.ofMinutes(10)));
        assertThat(bench.job().redeliver()).isEqualTo(1);
    }

    @Test
    void aLineThatIsSetAsideMeanwhileStaysSoWhenOthersAreHandedOverAgain() {
        AtomicBoolean again = new AtomicBoolean();
        handles(false, ids -> {
            if (again.get()) {
                bench.store.change("numbers", 1, row -> row.with(row.handed().withFailed("num*", Set.of(7, 8))));
            } else if (ids.contains("line-7")) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(bench.run(100).results().handlerFailed()).isEqualTo(1);
        again.set(true);
        assertThat(bench.job().redeliver()).isEqualTo(1);
        assertThat(bench.job().report().results().handlerFailed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anyNumberOfBadLinesInARowIsPassed(boolean takesList) {
        failing(ids(20, 80), takesList);
        assertThat(bench.run(100).results().handlerFailed()).isEqualTo(60);
        isTakenOnce(40);
    }

    @Test
    void badLinesAtTheEndOfABatchAreToldByOtherBatches() {
        failing(ids(90, 100), false);
        JobReport report = bench.run(300);
        assertThat(report.results().handlerFailed()).isEqualTo(10);
        isTakenOnce(290);
    }

    @Test
    void aLineWithoutOthersIsSetAsideAfterTenMinutes() {
        failing(ids(99, 100), false);
        BatchJob job = bench.submit(100);
        bench.until("the others are taken", () -> taken.size() == 99);
        Instant then = bench.clock.instant();
        JobReport report = bench.await(job);
        assertThat(report.results().handlerFailed()).isEqualTo(1);
        assertThat(report.times().endedAt()).isBetween(then.plus(Duration.ofMinutes(10)), then.plus(Duration.ofMinutes(20)));
    }

    @Test
    void afterACancelEachCallIsMadeOnce() {
        failing(ids(0, 100), false);
        BatchJob job = bench.submit(100);
        bench.until("it is called", () -> calls.get() > 0);
        int before = calls.get();
        Instant then = bench.clock.instant();
        job.cancel();
        JobReport report = bench.await(job);
        assertThat(report.results().handlerFailed()).isEqualTo(100);
        assertThat(calls.get() - before).isLessThanOrEqualTo(100);
        assertThat(report.times().endedAt()).isBefore(then.plus(Duration.ofMinutes(1)));
    }

    enum Thrown {
        CHECKED(() -> new SQLException("checked")),
        STACK_OVERFLOW(StackOverflowError::new),
        LINKAGE(() -> new NoSuchMethodError("of another version")),
        MEMORY(() -> new OutOfMemoryError("of its own")),
        INTERRUPTED(InterruptedException::new),
        OF_ITS_OWN(() -> new Throwable("neither an exception nor an error"));

        final Supplier<Throwable> thrown;

        Thrown(Supplier<Throwable> thrown) {
            this.thrown = thrown;
        }
    }

    /** As names: the application under test loads classes of its own. */
    static Stream<String> thrown() {
        return Stream.of(Thrown.values()).map(Enum::name);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverItThrowsIsAFailureOfOneLine(String name) {
        Thrown thrown = Thrown.valueOf(name);
        bench.onThreads();
        handles(false, ids -> {
            if (ids.contains("line-7")) {
                Thread.currentThread().interrupt();
                throw thrown.thrown.get();
            }
        });
        assertThat(bench.run(20).results().handlerFailed()).isEqualTo(1);
        isTakenOnce(19);
    }
}
