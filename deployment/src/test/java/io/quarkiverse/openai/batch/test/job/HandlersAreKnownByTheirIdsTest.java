package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkus.runtime.RuntimeValue;

class HandlersAreKnownByTheirIdsTest extends JobTest {

    private interface Handler {

        void handle(String id) throws Exception;
    }

    private static HandlerMethod handler(String id, Handler handler) {
        return new HandlerMethod("num*", id, HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                new RuntimeValue<>((bean, arguments) -> {
                    handler.handle(((BatchResult) arguments[0]).customId());
                    return null;
                }));
    }

    /** Stops with fifty of a hundred lines handed over. */
    private void stopAmid(String id) {
        CountDownLatch half = new CountDownLatch(1);
        bench.handlers = List.of(handler(id, line -> {
            if (line.equals("line-50")) {
                half.countDown();
                new CountDownLatch(1).await();
            }
        }));
        bench.onThreads().submit(100);
        bench.until("half of the lines are handed over", () -> half.getCount() == 0);
        bench.stop();
    }

    @Test
    void oneThatWasRenamedContinues() {
        stopAmid("id");
        Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
        bench.handlers = List.of(handler("id", seen::add));
        assertThat(bench.await(bench.runner().find("numbers").orElseThrow()).state()).isEqualTo(JobState.FINISHED);
        assertThat(seen).contains("line-50", "line-99").doesNotContain("line-0", "line-49").hasSize(50);
    }

    @Test
    void furtherOnesTakeAllLinesThatAreLeft() {
        stopAmid("id");
        Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
        bench.handlers = List.of(handler("id", line -> {
        }), handler("further", seen::add));
        assertThat(bench.await(bench.runner().find("numbers").orElseThrow()).state()).isEqualTo(JobState.FINISHED);
        assertThat(seen).hasSize(100);
    }

    @Test
    void aJobWaitsForOneThatIsGone() {
        stopAmid("gone");
        bench.handlers = List.of();
        bench.runner();
        Instant end = bench.clock.instant().plus(Duration.ofMinutes(20));
        bench.until("twenty minutes have passed", () -> bench.clock.instant().isAfter(end));
        JobReport report = bench.job().report();
        assertThat(report.state()).isEqualTo(JobState.RUNNING);
        assertThat(report.reason()).contains("methods with @OnBatchResult", "gone", "cancel");
        bench.stop();
        bench.handlers = List.of(handler("gone", line -> {
        }));
        assertThat(bench.await(bench.runner().find("numbers").orElseThrow()).state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.job().report().reason()).isNull();
    }

    @Test
    void whichDoesNotKeepItFromBeingCancelled() {
        stopAmid("gone");
        bench.handlers = List.of();
        bench.runner();
        bench.job().cancel();
        assertThat(bench.await(bench.job()).state()).isEqualTo(JobState.CANCELLED);
    }
}
