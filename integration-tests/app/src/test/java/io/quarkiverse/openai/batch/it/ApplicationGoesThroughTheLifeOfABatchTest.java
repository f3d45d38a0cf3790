package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** Through the application's HTTP endpoints, blocking and reactive. */
@QuarkusTest
class ApplicationGoesThroughTheLifeOfABatchTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "", "/reactive" })
    void fromUploadToAnswers(String style) {
        String fileId = upload(style, 100);
        String id = create(style, fileId);
        assertThat(when().get(style + "/batches?limit=100").jsonPath().getList("data.id", String.class)).contains(id);

        JsonPath batch = waitFor(style, id, done -> done.getString("status").equals("completed"));
        assertThat(batch.getInt("request_counts.completed")).isEqualTo(100);

        List<ResultLine> lines = lines(style, id);
        assertThat(lines).hasSize(100);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i))
                    .isEqualTo(new ResultLine("" + (i + 1), "SUCCEEDED", "Question " + (i + 1), null));
        }
        when().delete(style + "/files/" + fileId).then().statusCode(200);
        when().get(style + "/files/" + fileId).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/reactive" })
    void toCancellationWithPartialResults(String style) {
        String id = create(style, upload(style, Requests.MANY));
        waitFor(style, id, started -> started.getInt("request_counts.completed") > 0);
        when().post(style + "/batches/" + id + "/cancel").then().statusCode(200);
        waitFor(style, id, done -> done.getString("status").equals("cancelled"));

        List<ResultLine> lines = lines(style, id);
        assertThat(lines).hasSize(Requests.MANY);
        assertThat(lines).extracting(ResultLine::outcome).contains("SUCCEEDED", "CANCELLED")
                .containsOnly("SUCCEEDED", "CANCELLED");
        assertThat(lines).filteredOn(line -> line.outcome().equals("SUCCEEDED"))
                .allSatisfy(line -> assertThat(line.text()).isEqualTo("Question " + line.customId()));
    }

    private String upload(String style, int lines) {
        return given().multiPart("file", Requests.file(directory, lines).toFile(), "application/jsonl")
                .when().post(style + "/files")
                .then().statusCode(200).extract().jsonPath().getString("id");
    }

    private String create(String style, String fileId) {
        return given().contentType("application/json")
                .body("{\"input_file_id\":\"" + fileId + "\",\"endpoint\":\"/v1/chat/completions\"}")
                .when().post(style + "/batches")
                .then().statusCode(200).extract().jsonPath().getString("id");
    }

    private JsonPath waitFor(String style, String id, Predicate<JsonPath> state) {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50))
                .until(() -> when().get(style + "/batches/" + id).then().statusCode(200).extract().jsonPath(), state);
    }

    private List<ResultLine> lines(String style, String id) {
        return List.of(when().get(style + "/batches/" + id + "/results").then().statusCode(200).extract()
                .as(ResultLine[].class));
    }
}
