package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.job.event.JobPaused;
import io.quarkiverse.openai.batch.job.event.JobProgressed;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

class BeansAreToldOfTheirJobsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(Handlers.class, Observers.class, Calls.class))
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/beans-" + UUID.randomUUID());

    @Inject
    BatchJobs jobs;

    private void run(String job) throws Exception {
        jobs.submit(JobSpec.named(job).requests(() -> IntStream.range(0, 20)
                .mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n)))).await(Duration.ofMinutes(1));
    }

    @Test
    void resultsOneByOneInListsAsUniAndOnVirtualThreads() throws Exception {
        for (String job : List.of("single", "list", "uni", "virtual")) {
            run(job);
            assertThat(Handlers.seen).filteredOn(seen -> seen.startsWith(job + " ")).hasSize(20).doesNotHaveDuplicates();
        }
        assertThat(Calls.contexts).hasValueGreaterThanOrEqualTo(20);
    }

    @Test
    void eventsByTheNamesOfTheirJobs() throws Exception {
        run("reviews-7");
        Awaitility.await("the event comes").until(() -> Observers.finished.contains("reviews-7 of reviews-*"));
        Awaitility.await("it comes asynchronously too").until(() -> Observers.finished.contains("reviews-7 later"));
        assertThat(Observers.finished).contains("reviews-7 of any").doesNotContain("reviews-7 of others");
        assertThat(Observers.finished).filteredOn("reviews-7 of several"::equals).hasSize(1);
        assertThat(Observers.progressed).contains("reviews-7");
    }

    @Test
    void thatAJobWaitsForAPerson() {
        BatchRequest line = BatchRequest.chat("same", "gpt-6-luna", "Number");
        jobs.submit(JobSpec.named("reviews-doubled")
                .requests(() -> List.of(line, line).stream()));
        Awaitility.await("the event comes").until(() -> Observers.paused.contains("reviews-doubled"));
    }

    @RequestScoped
    static class Calls {

        static final AtomicInteger contexts = new AtomicInteger();

        Calls() {
            contexts.incrementAndGet();
        }

        void count() {
            // that it is there is enough
        }
    }

    static class Handlers {

        static final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @Inject
        Calls calls;

        @OnBatchResult("single")
        void single(BatchResult result) {
            calls.count();
            seen.add("single " + result.customId());
        }

        @OnBatchResult("list")
        void list(List<BatchResult> results, JobName job) {
            results.forEach(result -> seen.add(job.value() + " " + result.customId()));
        }

        @OnBatchResult("uni")
        Uni<Void> uni(BatchResult result) {
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(1))
                    .invoke(() -> seen.add("uni " + result.customId()));
        }

        @RunOnVirtualThread
        @OnBatchResult("virtual")
        void virtual(BatchResult result) {
            seen.add("virtual " + result.customId());
        }
    }

    @ApplicationScoped
    static class Observers {

        static final Queue<String> finished = new ConcurrentLinkedQueue<>();
        static final Queue<String> progressed = new ConcurrentLinkedQueue<>();
        static final Queue<String> paused = new ConcurrentLinkedQueue<>();

        void ofReviews(@Observes @JobName("reviews-*") JobFinished event) {
            finished.add(event.job() + " of reviews-*");
        }

        void ofSeveral(@Observes @JobName("reviews-*") @JobName("*-7") JobFinished event) {
            finished.add(event.job() + " of several");
        }

        void ofOthers(@Observes @JobName("others") JobFinished event) {
            finished.add(event.job() + " of others");
        }

        void ofAny(@Observes JobFinished event) {
            finished.add(event.job() + " of any");
        }

        void later(@ObservesAsync @JobName("reviews-*") JobFinished event) {
            finished.add(event.job() + " later");
        }

        void progressed(@Observes JobProgressed event) {
            progressed.add(event.job());
        }

        void paused(@Observes @JobName("reviews-*") JobPaused event) {
            paused.add(event.job());
        }
    }
}
