package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.langchain4j.data.segment.TextSegment;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ExamplesWorkTest {

    @Inject
    BuiltClient builtClient;

    @Inject
    Reviews reviews;

    @Inject
    BatchJobs jobs;

    @Inject
    ReviewHandlers handlers;

    @Inject
    CarefulReviews carefulReviews;

    @Inject
    Sentiments sentiments;

    @Inject
    Opinions opinions;

    @Inject
    InjectedClients injectedClients;

    @Inject
    Summaries summaries;

    @Inject
    EmbeddedTexts embeddedTexts;

    @Test
    void reviews() {
        JobReport report = reviews.classify("reviews", () -> Stream.of("Works well.", "Broke on the first day."));
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(2);
    }

    @Test
    void carefulReviews() {
        JobSpec spec = carefulReviews.careful("careful", () -> Stream.of(BatchRequest.chat("1", "gpt-6-luna", "Good?")));
        assertThat(carefulReviews.estimate(spec).cost()).isPositive();
        assertThat(jobs.submit(spec).await().count(Outcome.SUCCEEDED)).isEqualTo(1);
        assertThat(carefulReviews.again("careful").count(Outcome.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void reviewSource() {
        JobSpec withoutRequests = JobSpec.named("reviews-2026-11");
        assertThat(jobs.submit(withoutRequests).await().count(Outcome.SUCCEEDED)).isEqualTo(20);
        assertThat(handlers.answer("reviews-2026-11-19")).isNotNull();
    }

    @Test
    void sentiments() {
        sentiments.classify(List.of(new Sentiments.Review("7", "Works well.")));
        assertThat(sentiments.sentiment("7").label()).isNotNull();
    }

    @Test
    void opinions() {
        opinions.read(Map.of("7", "Works well."));
        assertThat(opinions.opinion("7").mood()).isNotNull();
    }

    @Test
    void summaries() throws TimeoutException {
        String batchId = summaries.submit(List.of("Works well.", "Broke on the first day."));
        jobs.find(batchId).orElseThrow().await(Duration.ofMinutes(1));
        assertThat(summaries.summaries(batchId)).hasSize(2).noneMatch(summary -> summary.startsWith("failed"));
        assertThat(summaries.report(batchId).count(Outcome.SUCCEEDED)).isEqualTo(2);
    }

    @Test
    void embeddedTexts() throws TimeoutException {
        List<TextSegment> segments = List.of(TextSegment.from("Works well."), TextSegment.from("Broke."));
        String batchId = embeddedTexts.submit(segments);
        jobs.find(batchId).orElseThrow().await(Duration.ofMinutes(1));
        embeddedTexts.store(batchId, segments);
        assertThat(embeddedTexts.stored()).isEqualTo(2);
    }

    @Test
    void injectedClients() {
        assertThat(injectedClients.client("groq").listBatches(null, 1).data()).isNotNull();
    }

    @Test
    void builtClient() {
        assertThat(builtClient.of("tenant", "key")).isSameAs(builtClient.of("tenant", "key"));
    }

    @Test
    void emulatorInATest() {
        new EmulatorInATest().aRefusedCallIsRepeated();
    }
}
