package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static io.quarkiverse.openai.batch.test.job.JobBench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkus.runtime.RuntimeValue;

/** A bad line is set aside, an outage loses nothing, and neither concerns other jobs. */
class AHandlerThatFailsTest extends JobTest {

    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void prepare() {
        taken.clear();
        calls.set(0);
    }

    private interface Handler {

        void handle(List<String> ids) throws Throwable;
    }

    private HandlerMethod handler(String pattern, boolean takesList, Handler handler) {
        return new HandlerMethod(pattern, pattern, takesList, false, false, new RuntimeValue<>((bean, arguments) -> {
            List<?> results = takesList ? (List<?>) arguments[0] : List.of(arguments[0]);
            List<String> ids = results.stream().map(result -> ((BatchResult) result).customId()).toList();
            calls.incrementAndGet();
            try {
                handler.handle(ids);
            } catch (Throwable e) {
                throw AHandlerThatFailsTest.<RuntimeException> sneaky(e);
            }
            taken.addAll(ids);
            return null;
        }));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable e) throws E {
        throw (E) e;
    }

    private void handles(boolean takesList, Handler handler) {
        bench.handlers = List.of(handler("num*", takesList, handler));
    }

    private void isTakenOnce(int lines) {
        assertThat(taken).hasSize(lines).doesNotHaveDuplicates();
    }

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
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean blocks = new AtomicBoolean(true);
        bench.onThreads();
        handles(false, ids -> {
            if (ids.contains("line-50") && blocks.get()) {
                while (go.getCount() > 0) {
                    awaitUninterruptibly(go);
                }
                done.countDown();
            }
        });
        bench.submit(100);
        bench.until("it blocks", () -> taken.size() == 50);
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
