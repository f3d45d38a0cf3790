package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.common.mapper.TypeRef;
import io.restassured.path.json.JsonPath;

/** Lines from a source of its own, answers to its handlers, an event at the end. */
@QuarkusTest
@QuarkusTestResource(OwnJobs.class)
class ApplicationRunsJobsTest {

    @Test
    void whoseAnswersHaveItsOwnType() {
        List<Review> reviews = IntStream.range(0, 30).mapToObj(n -> new Review("review-" + n, "I like it " + n)).toList();
        given().contentType("application/json").body(reviews).when().post("/reviews/jobs/reviews-1").then().statusCode(200);
        await("the application is told").atMost(Duration.ofMinutes(1))
                .until(() -> when().get("/reviews/jobs/reviews-1/finished").asString().equals("true"));

        JsonPath report = when().get("/reviews/jobs/reviews-1").then().statusCode(200).extract().jsonPath();
        assertThat(report.getString("state")).isEqualTo("FINISHED");
        assertThat(report.getInt("outcomes.SUCCEEDED")).isEqualTo(30);
        assertThat(report.getInt("results.handlerFailed")).isZero();
        assertThat(report.getInt("usage.ofModels.gpt-6-luna.totalTokens")).isPositive();
        assertThat(reviews).allSatisfy(review -> {
            Sentiment sentiment = when().get("/reviews/" + review.id() + "/sentiment").then().statusCode(200).extract()
                    .as(Sentiment.class);
            assertThat(sentiment.label()).isNotNull();
        });
    }

    @Test
    void whoseAnswersComeInLists() {
        Map<String, String> questions = new TreeMap<>();
        IntStream.range(0, 250).forEach(n -> questions.put("question-" + n, "How much is " + n + "?"));
        Map<String, String> answers = given().contentType("application/json").body(questions)
                .when().post("/questions/questions-1").then().statusCode(200)
                .extract().as(new TypeRef<Map<String, String>>() {
                });
        assertThat(answers).isEqualTo(questions);
    }
}
