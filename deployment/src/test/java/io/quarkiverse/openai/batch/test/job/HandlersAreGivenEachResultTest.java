package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkus.runtime.RuntimeValue;

class HandlersAreGivenEachResultTest extends JobTest {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void prepare() {
        seen.clear();
    }

    private interface Handler {

        void handle(List<BatchResult> results) throws Exception;
    }

    @SuppressWarnings("unchecked")
    private static HandlerMethod handler(String name, boolean takesList, Handler handler) {
        return new HandlerMethod("num*", name, HandlerMethod.Outcomes.ALL, null, takesList, false, false, false,
                new RuntimeValue<>((bean, arguments) -> {
                    handler.handle(takesList ? (List<BatchResult>) arguments[0] : List.of((BatchResult) arguments[0]));
                    return null;
                }));
    }

    private void see(List<BatchResult> results) {
        results.forEach(result -> seen.add(result.customId()));
    }

    private static List<String> ids(int lines) {
        return requests(lines).map(BatchRequest::customId).sorted().toList();
    }

    private void assertEachSeenOnce(int lines) {
        assertThat(seen.stream().sorted().toList()).isEqualTo(ids(lines));
    }

    @Test
    void oneByOne() {
        bench.handlers = List.of(handler("one", false, this::see));
        bench.run(250);
        assertEachSeenOnce(250);
    }

    @Test
    void inListsOfAHundredAtMost() {
        Set<Integer> sizes = Collections.synchronizedSet(new HashSet<>());
        bench.limits(LineLimits.OPENAI.withRequests(130));
        bench.handlers = List.of(handler("list", true, results -> {
            sizes.add(results.size());
            see(results);
        }));
        bench.run(260);
        assertEachSeenOnce(260);
        assertThat(sizes).containsExactlyInAnyOrder(100, 30);
    }

    @Test
    void eachOfSeveral() {
        List<String> others = Collections.synchronizedList(new ArrayList<>());
        bench.handlers = List.of(handler("one", false, this::see),
                handler("other", true, results -> results.forEach(result -> others.add(result.customId()))));
        bench.run(100);
        assertEachSeenOnce(100);
        assertThat(others).hasSize(100);
    }

    @Test
    void afterAStopAtMostAHundredAgain() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        bench.limits(LineLimits.OPENAI.withRequests(1000));
        bench.handlers = List.of(handler("one", false, results -> {
            see(results);
            if (seen.size() == 450) {
                half.countDown();
                new CountDownLatch(1).await();
            }
        }));
        bench.onThreads().submit(1000);
        bench.until("half of the lines are handed over", () -> half.getCount() == 0);
        bench.stop();
        assertThat(seen).hasSize(450);
        assertThat(bench.await(bench.job()).state()).isEqualTo(JobState.FINISHED);
        assertThat(new HashSet<>(seen)).hasSize(1000);
        assertThat(seen.size()).isBetween(1000, 1100);
    }

    @Test
    void ofABatchAHundredAtMostBetweenCheckpoints() {
        Queue<Long> unstored = new ConcurrentLinkedQueue<>();
        bench.limits(LineLimits.OPENAI.withRequests(350));
        bench.handlers = List.of(handler("one", false, results -> {
            see(results);
            unstored.add(seen.size() - bench.store.chunks("numbers").get(0).handed().past("one"));
        }));
        bench.run(350);
        assertEachSeenOnce(350);
        assertThat(unstored).hasSize(350).allSatisfy(lines -> assertThat(lines).isLessThanOrEqualTo(100));
    }

    @Test
    void aSecondALineForTwoThousandLinesWhileTheNetworkIsCut() {
        bench.limits(LineLimits.OPENAI.withRequests(2000));
        bench.handlers = List.of(handler("slow", false, results -> {
            if (seen.isEmpty()) {
                bench.emulator.faults().add(RequestFault.onAny().reset().always());
            }
            bench.clock.advance(Duration.ofSeconds(1));
            see(results);
        }));
        BatchJob job = bench.runner().submit(JobBench.spec("numerous", 2000));
        JobReport report = bench.await(job);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofSeconds(2000));
        assertEachSeenOnce(2000);
    }

    @Test
    void andAnswersThatAreHandedOverAreDeleted() {
        bench.results(StoredResults.DELETE_WHEN_HANDLED);
        bench.handlers = List.of(handler("one", false, this::see));
        BatchJob job = bench.submit(100);
        assertThat(bench.await(job).state()).isEqualTo(JobState.FINISHED);
        assertEachSeenOnce(100);
        assertThatThrownBy(() -> job.results().toList()).isInstanceOf(ResultsExpiredException.class)
                .hasMessageContaining("handed over");
    }

    @Test
    void whatAHandlerFailedAtIsKept() {
        AtomicBoolean broken = new AtomicBoolean(true);
        bench.results(StoredResults.DELETE_WHEN_HANDLED);
        bench.handlers = List.of(handler("fails", false, results -> {
            if (broken.get() && !results.get(0).customId().equals("line-2")) {
                throw new IllegalStateException("broken");
            }
            see(results);
        }));
        BatchJob job = bench.submit(3);
        assertThat(bench.await(job).results().handlerFailed()).isEqualTo(2);
        broken.set(false);
        assertThat(job.redeliver()).isZero();
        assertEachSeenOnce(3);
        assertThatThrownBy(() -> job.results().toList()).isInstanceOf(ResultsExpiredException.class);
    }

    @Test
    void nothingIsDeletedUnseen() {
        bench.results(StoredResults.DELETE_WHEN_HANDLED);
        assertThatThrownBy(() -> bench.submit(10)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@OnBatchResult");
        assertThat(bench.emulator.requests().count(Operation.CREATE_FILE)).isZero();
    }
}
