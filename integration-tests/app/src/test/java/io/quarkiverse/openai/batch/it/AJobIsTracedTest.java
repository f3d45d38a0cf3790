package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The spans of one job, with those of its requests to the provider. */
@QuarkusTest
@QuarkusTestResource(OwnJobs.class)
class AJobIsTracedTest {

    private static final AttributeKey<String> JOB = AttributeKey.stringKey("openai_batch.job");
    private static final String SECRET_TEXT = "I like it very much";

    @Inject
    InMemorySpanExporter exporter;

    @Test
    void fromTheCallThatSubmitsIt() {
        given().contentType("application/json").body(List.of(new Review("traced-1", SECRET_TEXT))).when()
                .post("/reviews/jobs/reviews-traced").then().statusCode(200);
        await("the application is told").atMost(Duration.ofMinutes(1))
                .until(() -> when().get("/reviews/jobs/reviews-traced/finished").asString().equals("true"));

        SpanData submit = span(span -> span.getKind() == SpanKind.SERVER && span.getName().startsWith("POST"));
        for (String step : List.of("spool", "upload", "create", "collect", "hand_over")) {
            SpanData span = await("a span " + step).until(() -> ofJob(step).findFirst(), java.util.Optional::isPresent)
                    .orElseThrow();
            assertThat(span.getTraceId()).as(step).isNotEqualTo(submit.getTraceId());
            assertThat(span.getLinks()).as(step).singleElement()
                    .satisfies(link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(submit.getTraceId()));
        }
        assertThat(requestsOf("upload")).as("requests of the upload").anyMatch(name -> name.startsWith("POST"));
        assertThat(requestsOf("create")).as("requests of the create").anyMatch(name -> name.startsWith("POST"));
        assertThat(requestsOf("collect")).as("requests of collecting").anyMatch(name -> name.startsWith("GET"));
        assertThat(ofJob("collect")).anySatisfy(span -> {
            assertThat(span.getAttributes().get(AttributeKey.stringKey("gen_ai.request.model"))).isEqualTo("gpt-6-luna");
            assertThat(span.getAttributes().get(AttributeKey.longKey("openai_batch.input_tokens"))).isPositive();
            assertThat(span.getAttributes().get(AttributeKey.stringKey("openai_batch.batch"))).startsWith("batch_");
        });
        SpanData handing = ofJob("hand_over").findFirst().orElseThrow();
        assertThat(spans()).anyMatch(span -> span.getName().equals("openai_batch.handler")
                && span.getParentSpanId().equals(handing.getSpanId()));
        assertThat(exporter.getFinishedSpanItems()).noneMatch(span -> span.toString().contains(SECRET_TEXT));
    }

    private Stream<SpanData> spans() {
        return exporter.getFinishedSpanItems().stream();
    }

    private SpanData span(java.util.function.Predicate<SpanData> which) {
        return spans().filter(which).findFirst().orElseThrow();
    }

    private Stream<SpanData> ofJob(String step) {
        return spans().filter(span -> span.getName().equals("openai_batch." + step)
                && "reviews-traced".equals(span.getAttributes().get(JOB)));
    }

    /** The names of the spans of the HTTP client whose parent is a step. */
    private List<String> requestsOf(String step) {
        List<String> steps = ofJob(step).map(SpanData::getSpanId).toList();
        return spans().filter(span -> span.getKind() == SpanKind.CLIENT && steps.contains(span.getParentSpanId()))
                .map(SpanData::getName).toList();
    }
}
