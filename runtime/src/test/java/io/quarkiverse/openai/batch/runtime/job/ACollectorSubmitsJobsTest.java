package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.setup.Collecting;

class ACollectorSubmitsJobsTest extends RunnerTest {

    private static final String NAME = "reviews";

    @BeforeEach
    void collectTen() {
        bench.settings = bench.settings.withCollecting(new Collecting(10, 100_000, Duration.ofMinutes(1)));
    }

    private BatchCollector collector() {
        return bench.runner().collector(NAME);
    }

    private static BatchRequest request(int n) {
        return BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n);
    }

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(n -> assertThat(collector().add(request(n))).isTrue());
    }

    private List<BatchJob> jobs() {
        return bench.runner().list(JobQuery.all());
    }

    private void endAll() {
        bench.until("all jobs have ended", () -> {
            bench.provider.complete();
            return !jobs().isEmpty() && jobs().stream().allMatch(job -> job.report().state().isTerminal());
        });
    }

    private static BatchResult now(CompletableFuture<BatchResult> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void requestsWaitUntilThereAreEnough() {
        add(0, 9);
        bench.run(Duration.ofSeconds(30));
        assertThat(jobs()).isEmpty();
        assertThat(collector().waiting()).isEqualTo(9);
        add(9, 10);
        bench.run(Duration.ofSeconds(2));
        assertThat(jobs()).singleElement().satisfies(job -> assertThat(job.name()).matches("reviews-[0-9]{8}-[0-9]{6}-.*"));
        assertThat(collector().waiting()).isZero();
        endAll();
        assertThat(jobs().get(0).report().outcomes().get(Outcome.SUCCEEDED)).isEqualTo(10);
        assertEachLinePaidOnce(10);
    }

    @Test
    void requestsWaitNoLongerThanTheirAge() {
        add(0, 1);
        bench.run(Duration.ofSeconds(40));
        add(1, 2);
        bench.run(Duration.ofSeconds(19));
        assertThat(jobs()).isEmpty();
        bench.run(Duration.ofSeconds(2));
        assertThat(jobs()).hasSize(1);
        endAll();
        assertThat(jobs().get(0).report().lines()).isEqualTo(2);
    }

    @Test
    void requestsWaitUntilTheyAreLongEnough() {
        collector().add(BatchRequest.chat("long", "gpt-6-luna", "x".repeat(100_000)));
        bench.run(Duration.ofSeconds(2));
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void aFlushSubmitsWhatWaits() {
        add(0, 3);
        collector().flush();
        assertThat(jobs()).hasSize(1);
        collector().flush();
        assertThat(jobs()).hasSize(1);
        endAll();
        assertEachLinePaidOnce(3);
    }

    @Test
    void eachEndpointHasJobsOfItsOwn() {
        add(0, 2);
        collector().add(BatchRequest.of("line-0", EmbeddingsBody.of("text-embedding-3-small").input("x")));
        collector().flush();
        endAll();
        assertThat(jobs()).hasSize(2).allSatisfy(job -> assertThat(job.report().state()).isEqualTo(JobState.FINISHED));
    }

    @Test
    void theSameRequestHasNoEffect() {
        add(0, 1);
        assertThat(collector().add(request(0))).isFalse();
        collector().flush();
        assertThat(collector().add(request(0))).isFalse();
        endAll();
        bench.stop();
        assertThat(collector().add(request(0))).isFalse();
        assertThatThrownBy(() -> collector().add(BatchRequest.chat("line-0", "gpt-6-luna", "another")))
                .isInstanceOf(IllegalArgumentException.class);
        jobs().get(0).delete();
        assertThat(collector().add(request(0))).isTrue();
    }

    @Test
    void aRequestThatWouldInterruptItsJobIsRefused() {
        add(0, 1);
        assertThatThrownBy(() -> collector()
                .add(BatchRequest.of("bad", ChatBody.of("gpt-6-luna").user("x").with("stream", true))))
                .isInstanceOf(JsonlException.class).hasMessageContaining("Request bad breaks the rule STREAM");
        assertThatThrownBy(() -> collector().add(BatchRequest.bare("bare", ChatBody.of("gpt-6-luna").user("x"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Request bare has no url");
        assertThat(collector().waiting()).isEqualTo(1);
    }

    @Test
    void whatWasAddedSurvivesARestart() {
        add(0, 5);
        bench.stop();
        bench.run(Duration.ofSeconds(70));
        endAll();
        assertEachLinePaidOnce(5);
    }

    @Test
    void aClaimOfAHaltedProcessIsSubmittedByTheNext() {
        add(0, 5);
        var requests = bench.store().collected();
        requests.claim(requests.open().iterator().next(), "reviews-claimed", 10, 10_000);
        bench.stop();
        bench.run(Duration.ofSeconds(1));
        assertThat(jobs()).extracting(BatchJob::name).containsExactly("reviews-claimed");
        endAll();
        assertEachLinePaidOnce(5);
        bench.run(Duration.ofMinutes(2));
        assertThat(bench.store().collected().open()).isEmpty();
    }

    @Test
    void aJobThatIsReadInTwoProcessesHasEachLineOnce() {
        add(0, 8);
        collector().flush();
        bench.until("a chunk is stored", () -> !bench.store().chunks(jobs().get(0).name()).isEmpty());
        bench.stop();
        endAll();
        assertThat(jobs().get(0).report().lines()).isEqualTo(8);
        assertEachLinePaidOnce(8);
    }

    @Test
    void whoAsksGetsTheAnswerAlsoWhoAsksAgainAndLater() throws Exception {
        CompletableFuture<BatchResult> first = collector().ask(request(0)).toCompletableFuture();
        CompletableFuture<BatchResult> again = collector().ask(request(0)).toCompletableFuture();
        CompletableFuture<BatchResult> other = collector().ask(request(1)).toCompletableFuture();
        add(2, 3);
        bench.run(Duration.ofSeconds(70));
        assertThat(first).isNotDone();
        endAll();
        assertThat(now(first).customId()).isEqualTo("line-0");
        assertThat(now(again).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(now(other).customId()).isEqualTo("line-1");
        bench.stop();
        assertThat(now(collector().ask(request(2)).toCompletableFuture()).customId()).isEqualTo("line-2");
        assertEachLinePaidOnce(3);
    }

    @Test
    void whoAsksIsNotKeptWaitingByAJobThatStopped() {
        CompletableFuture<BatchResult> answer = collector().ask(request(0)).toCompletableFuture();
        bench.run(Duration.ofSeconds(70));
        jobs().get(0).pause();
        assertThat(answer).failsWithin(Duration.ofSeconds(20)).withThrowableOfType(Exception.class)
                .withCauseInstanceOf(JobStoppedException.class);
        CompletableFuture<BatchResult> again = collector().ask(request(0)).toCompletableFuture();
        assertThat(again).failsWithin(Duration.ofSeconds(20));
        jobs().get(0).resume();
        CompletableFuture<BatchResult> resumed = collector().ask(request(0)).toCompletableFuture();
        endAll();
        assertThat(resumed).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aStopEndsTheWaitOfWhoAsks() {
        CompletableFuture<BatchResult> answer = collector().ask(request(0)).toCompletableFuture();
        bench.stop();
        assertThat(answer).failsWithin(Duration.ofSeconds(20)).withThrowableOfType(CancellationException.class)
                .satisfies(stopped -> assertThat(stopped).hasStackTraceContaining("The application stops"));
    }

    @Test
    void theNameOfACollectorIsPlain() {
        for (String name : new String[] { null, "", " ", "a\nb", "x".repeat(171) }) {
            assertThatThrownBy(() -> bench.runner().collector(name)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 170 characters");
        }
    }
}
