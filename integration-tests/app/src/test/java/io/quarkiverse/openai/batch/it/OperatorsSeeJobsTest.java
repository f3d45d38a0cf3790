package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Health, and a scrape of Prometheus, after a real job. */
@QuarkusTest
@QuarkusTestResource(OwnJobs.class)
@TestProfile(OperatorsSeeJobsTest.Priced.class)
class OperatorsSeeJobsTest {

    public static class Priced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.openai-batch.jobs.prices.\"gpt-6-luna\".input", "1",
                    "quarkus.openai-batch.jobs.prices.\"gpt-6-luna\".output", "2",
                    "quarkus.openai-batch.jobs.metric-tags", "team,missing",
                    "quarkus.openai-batch.jobs.poll-interval.min", "0.1S");
        }
    }

    /** Counters of what did not happen appear with their first event. */
    private static final Set<String> NOT_IN_A_GOOD_JOB = Set.of("openai_batch_step_failures_total",
            "openai_batch_resent_lines_total", "openai_batch_undelivered_lines_total");

    @Test
    void inHealthAndMetrics() throws IOException {
        when().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"))
                .body("checks.name", hasItem("OpenAI Batch jobs"));
        List<Review> reviews = IntStream.range(0, 30).mapToObj(n -> new Review("seen-" + n, "I like it " + n)).toList();
        given().contentType("application/json").body(reviews).when().post("/reviews/jobs/reviews-seen").then().statusCode(200);
        await("the application is told").atMost(Duration.ofMinutes(1))
                .until(() -> when().get("/reviews/jobs/reviews-seen/finished").asString().equals("true"));

        when().get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'OpenAI Batch jobs' }.data.jobs", equalTo("runs"));
        Map<String, Double> scrape = scrape();
        String tags = "client=\"<default>\",missing=\"none\",";
        assertThat(scrape).containsEntry("openai_batch_lines_total{" + tags + "outcome=\"succeeded\",team=\"none\"}", 30.0)
                .containsEntry("openai_batch_billed_lines_total{" + tags + "payment=\"paid\",team=\"none\"}", 30.0)
                .containsEntry("openai_batch_created_batches_total{" + tags + "team=\"none\"}", 1.0)
                .containsEntry("openai_batch_ended_batches_total{" + tags
                        + "state=\"completed\",team=\"none\"}", 1.0)
                .containsEntry("openai_batch_jobs{state=\"finished\"}", 1.0)
                .containsEntry("openai_batch_jobs{state=\"paused\"}", 0.0)
                .containsEntry("openai_batch_chunks{state=\"watched\"}", 0.0)
                .containsEntry("openai_batch_waiting_chunks{for=\"batch\"}", 0.0)
                .containsEntry("openai_batch_look_age_seconds", 0.0);
        String ofModel = "client=\"<default>\",%smissing=\"none\",model=\"gpt-6-luna\",team=\"none\"}";
        double input = scrape.get("openai_batch_tokens_total{" + ofModel.formatted("kind=\"input\","));
        double output = scrape.get("openai_batch_tokens_total{" + ofModel.formatted("kind=\"output\","));
        assertThat(input).isPositive();
        assertThat(output).isPositive();
        assertThat(scrape.get("openai_batch_cost_total{" + ofModel.formatted("")))
                .isCloseTo((input + 2 * output) / 1_000_000, within(1e-9));
        assertThat(scrape.get("openai_batch_uploaded_bytes_total{" + tags + "team=\"none\"}")).isPositive();
        assertThat(scrape.get("openai_batch_stored_bytes_total{" + tags + "team=\"none\"}")).isPositive();
        assertDashboardAsksForWhatThereIs(scrape.keySet());
    }

    private static void assertDashboardAsksForWhatThereIs(Set<String> scraped) throws IOException {
        String dashboard = Files.readString(Path.of("../../docs/modules/ROOT/attachments/grafana-dashboard.json"));
        List<String> metrics = Pattern.compile("openai_batch_\\w+").matcher(dashboard).results().map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(metrics).hasSizeGreaterThan(10).filteredOn(metric -> !NOT_IN_A_GOOD_JOB.contains(metric))
                .allSatisfy(metric -> assertThat(scraped).anyMatch(name -> name.startsWith(metric)));
        Pattern.compile("sum by \\(([^)]*)\\) \\((?:\\w+\\()?(openai_batch_\\w+)").matcher(dashboard).results()
                .forEach(by -> assertThat(by.group(1).split(", ")).as(by.group()).allSatisfy(label -> assertThat(scraped)
                        .anyMatch(name -> name.startsWith(by.group(2) + "{") && name.contains(label + "=\""))));
    }

    private static Map<String, Double> scrape() {
        return when().get("/q/metrics").then().statusCode(200).extract().asString().lines()
                .filter(line -> line.startsWith("openai_batch_"))
                // the trace that a counter was last changed in
                .map(line -> line.replaceFirst(" # \\{.*", ""))
                .collect(Collectors.toMap(line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }
}
