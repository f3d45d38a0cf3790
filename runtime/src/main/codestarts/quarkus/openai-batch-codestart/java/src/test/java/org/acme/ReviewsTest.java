package org.acme;

import static io.restassured.RestAssured.when;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ReviewsTest {

    @Inject
    BatchJobs jobs;

    @Inject
    DataSource datasource;

    @Test
    void eachReviewHasARow() throws Exception {
        String job = when().post("/reviews").then().statusCode(200).extract().path("name");
        jobs.find(job).orElseThrow().await(Duration.ofMinutes(1));

        try (Connection connection = datasource.getConnection();
                ResultSet count = connection.createStatement().executeQuery("SELECT count(*) FROM sentiment")) {
            count.next();
            assertEquals(Files.readAllLines(Path.of("reviews.csv")).size() - 1, count.getInt(1));
        }
    }
}
