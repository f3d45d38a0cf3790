package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import io.quarkiverse.openai.batch.jsonl.Usage;
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

    @Inject
    DocumentQuestions documentQuestions;

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
    void documentQuestions() {
        List<DocumentQuestions.Question> questions = List.of(new DocumentQuestions.Question("a", "Who?"),
                new DocumentQuestions.Question("b", "Who?"), new DocumentQuestions.Question("a", "When?"),
                new DocumentQuestions.Question("b", "When?"), new DocumentQuestions.Question("a", "Who?"));
        JobReport report = documentQuestions.ask("questions", questions::stream, document -> document + "word ".repeat(2_000));
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(4);
        // the canary has both questions about one document, the other batch those about the other one
        assertThat(report.usage().total().cachedTokens()).isBetween(2 * 2_300L, 2 * 2_500L);
        Usage usage = report.usage().total();
        double byHand = 0.05 * (usage.inputTokens() - usage.cachedTokens()) + 0.005 * usage.cachedTokens()
                + 0.25 * usage.outputTokens();
        // each of the two batches is rounded
        assertThat(report.usage().cost().doubleValue()).isCloseTo(byHand / 1_000_000, within(0.000_001));
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
