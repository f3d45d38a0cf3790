package org.acme;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AJobIsWatchedOverHttpTest {

    @Test
    void fromItsSubmissionToItsAnswers() throws Exception {
        when().post("/jobs/reviews-watched").then().statusCode(200).body("name", equalTo("reviews-watched"));

        List<String> events = progress("reviews-watched");

        assertThat(events).isNotEmpty().last().asString().contains("\"state\":\"FINISHED\"", "\"settled\":6");
        when().get("/jobs/reviews-watched").then().body("outcomes.SUCCEEDED", equalTo(6)).body("batches.size()", equalTo(1));
        when().get("/jobs").then().body("name", hasItem("reviews-watched"));
        when().get("/reviews").then().statusCode(200).body("size()", equalTo(6)).body(containsString("r-6"));
        when().post("/jobs/reviews-watched").then().statusCode(200).body("state", equalTo("FINISHED"));
    }

    @Test
    void andCanBeEnded() throws Exception {
        when().post("/jobs/reviews-ended").then().statusCode(200);
        when().delete("/jobs/reviews-ended").then().statusCode(204);

        assertThat(progress("reviews-ended")).last().asString().containsPattern("\"state\":\"(CANCELLED|FINISHED)\"");
        when().get("/jobs/reviews-unknown").then().statusCode(404);
    }

    @Test
    void onAPage() {
        when().get("/reviews.html").then().statusCode(200).body(containsString("<progress"));
    }

    /** Until the stream ends, as it does with the job. */
    private static List<String> progress(String job) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/jobs/" + job + "/progress"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body()
                .filter(line -> line.startsWith("data:")).toList();
    }
}
