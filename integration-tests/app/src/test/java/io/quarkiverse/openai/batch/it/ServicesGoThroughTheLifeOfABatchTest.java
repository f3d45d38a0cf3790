package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkus.test.junit.QuarkusTest;

/** With no configuration of the application: the dev service is the provider. */
@QuarkusTest
class ServicesGoThroughTheLifeOfABatchTest {

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    @TempDir
    Path directory;

    @Test
    void fromUploadToAnswers() throws IOException {
        Path requests = Requests.file(directory, 100);
        FileObject input = files.uploadFile(requests);
        assertThat(input.bytes()).isEqualTo(Files.size(requests));
        assertThat(input.filename()).isEqualTo("questions.jsonl");
        assertThat(input.purpose()).isEqualTo("batch");

        Batch created = batches.createBatch(CreateBatchRequest.of(input.id(), Endpoint.CHAT_COMPLETIONS)
                .withMetadata(Map.of("run", "7")));
        assertThat(created.inputFileId()).isEqualTo(input.id());
        assertThat(created.endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(created.completionWindow()).isEqualTo("24h");
        assertThat(created.metadata()).containsEntry("run", "7");
        assertThat(batches.listAllBatches()).extracting(Batch::id).contains(created.id());

        Batch batch = waitFor(created, done -> done.status().isTerminal());
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.requestCounts().completed()).isEqualTo(100);
        assertThat(batch.errorFileId()).isNull();
        assertThat(results(batch.outputFileId())).hasSize(100)
                .allSatisfy(result -> assertThat(result.text()).isEqualTo("Question " + result.customId()))
                .extracting(BatchResult::customId).doesNotHaveDuplicates();

        assertThat(files.deleteFile(input.id()).deleted()).isTrue();
        assertThat(files.withResponse().retrieveFile(input.id()).status()).isEqualTo(404);
    }

    @Test
    void toCancellationWithPartialResults() throws IOException {
        FileObject input = files.uploadFile(Requests.file(directory, Requests.MANY));
        Batch created = batches.createBatch(CreateBatchRequest.of(input.id(), Endpoint.CHAT_COMPLETIONS));
        waitFor(created, started -> started.requestCounts() != null && started.requestCounts().completed() > 0);

        assertThat(batches.cancelBatch(created.id()).status()).isIn(BatchStatus.CANCELLING, BatchStatus.CANCELLED);
        Batch batch = waitFor(created, done -> done.status().isTerminal());
        assertThat(batch.status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(batch.cancelledAt()).isNotNull();

        List<BatchResult> answered = results(batch.outputFileId());
        assertThat(answered).hasSizeBetween(1, Requests.MANY - 1).allMatch(BatchResult::succeeded);
        List<BatchResult> rest = results(batch.errorFileId());
        assertThat(rest).extracting(BatchResult::outcome).containsOnly(Outcome.CANCELLED);
        assertThat(answered.size() + rest.size()).isEqualTo(Requests.MANY);
    }

    @Test
    void toFailureOfSomeLines() throws IOException {
        FileObject input = files.uploadFile(Requests.write(directory, Stream.of(
                BatchRequest.chat("good", "gpt-6-luna", "Hello"),
                BatchRequest.of("bad", Endpoint.CHAT_COMPLETIONS, Map.of("model", "gpt-6-luna")))));
        Batch created = batches.createBatch(CreateBatchRequest.of(input.id(), Endpoint.CHAT_COMPLETIONS));
        Batch batch = waitFor(created, done -> done.status().isTerminal());
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.requestCounts().failed()).isEqualTo(1);
        assertThat(results(batch.outputFileId())).extracting(BatchResult::customId).containsExactly("good");
        assertThat(results(batch.errorFileId())).singleElement().satisfies(result -> {
            assertThat(result.customId()).isEqualTo("bad");
            assertThat(result.statusCode()).isEqualTo(400);
            assertThat(result.error().param()).isEqualTo("messages");
        });
    }

    @Test
    void toFailureOfTheBatch() throws IOException {
        String line = """
                {"custom_id":"same","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-6-luna"}}
                """;
        FileObject input = files.uploadFile(Files.writeString(directory.resolve("doubled.jsonl"), line + line));
        Batch created = batches.createBatch(CreateBatchRequest.of(input.id(), Endpoint.CHAT_COMPLETIONS));
        Batch batch = waitFor(created, done -> done.status().isTerminal());
        assertThat(batch.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(batch.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("duplicate_custom_id");
            assertThat(error.line()).isEqualTo(2);
        });
    }

    private Batch waitFor(Batch batch, Predicate<Batch> state) {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50))
                .until(() -> batches.retrieveBatch(batch.id()), state);
    }

    private List<BatchResult> results(String fileId) throws IOException {
        List<BatchResult> results = new ArrayList<>();
        try (InputStream content = files.fileContent(fileId)) {
            JsonlReader.results(content).forEach(results::add);
        }
        return results;
    }
}
