package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(CustomizedJacksonLeavesTheWireAloneTest.Customized.class)
class CustomizedJacksonLeavesTheWireAloneTest {

    public static class Customized implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(StrictSnakeCase.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.jackson.fail-on-unknown-properties", "true",
                    "quarkus.jackson.write-dates-as-timestamps", "true");
        }
    }

    @Singleton
    @Alternative
    public static class StrictSnakeCase implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .setSerializationInclusion(JsonInclude.Include.ALWAYS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        }
    }

    @Inject
    ObjectMapper customized;

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    @TempDir
    Path directory;

    @Test
    void batchesAreWrittenAndReadAsEver() {
        assertThat(customized.getPropertyNamingStrategy()).isEqualTo(PropertyNamingStrategies.SNAKE_CASE);
        Batch batch = createBatch();
        assertThat(batch.inputFileId()).startsWith("file");
        assertThat(batch.createdAt()).isNotNull();
        assertThat(batch.metadata()).containsEntry("camelCase", "stays");
        assertThat(batches.retrieveBatch(batch.id()).id()).isEqualTo(batch.id());
        assertThat(batches.listBatches(null, 1).data()).hasSize(1);
    }

    @Test
    void aBatchCanBeReturnedFromAnEndpoint() {
        Batch batch = createBatch();
        when().get("/batches/" + batch.id()).then().statusCode(200)
                .body("id", equalTo(batch.id()))
                .body("input_file_id", equalTo(batch.inputFileId()))
                .body("completion_window", equalTo("24h"))
                .body("created_at", equalTo((int) batch.createdAt().getEpochSecond()))
                .body("metadata.camelCase", equalTo("stays"))
                .body("$", not(hasKey("additional_properties")))
                .body("$", not(hasKey("status_text")));
    }

    private Batch createBatch() {
        String fileId = files.uploadFile(Requests.file(directory, 1)).id();
        return batches.createBatch(CreateBatchRequest.of(fileId, Endpoint.CHAT_COMPLETIONS)
                .withMetadata(Map.of("camelCase", "stays")));
    }
}
