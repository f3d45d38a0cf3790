package io.quarkiverse.openai.batch.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkus.test.QuarkusUnitTest;

class TheEmulatorServesAnApplicationWithoutBaseUrlTest {

    private static final String LINE = """
            {"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hello"}]}}
            """;

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.02S");

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    @Inject
    @BatchClient("other")
    BatchService other;

    @Test
    void aBatchGoesThroughItsLife() throws Exception {
        Path input = Files.writeString(Files.createTempFile("input", ".jsonl"), LINE);
        FileObject file = files.uploadFile(input);
        Batch batch = batches.createBatch(CreateBatchRequest.of(file.id(), Endpoint.CHAT_COMPLETIONS));
        batch = batches.awaitBatch(batch.id(), Duration.ofMinutes(1));
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.requestCounts().completed()).isEqualTo(1);
        try (InputStream content = files.fileContent(batch.outputFileId())) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8)).contains("\"custom_id\":\"1\"", "Hello");
        }
    }

    @Test
    void aNamedClientWithoutBaseUrlHasItToo() {
        assertThat(other.listBatches(null, 1).data()).isNotNull();
    }
}
