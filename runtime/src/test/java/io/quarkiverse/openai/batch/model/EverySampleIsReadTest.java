package io.quarkiverse.openai.batch.model;

import static java.time.Instant.ofEpochSecond;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.model.BatchUsage.InputTokensDetails;
import io.quarkiverse.openai.batch.model.BatchUsage.OutputTokensDetails;

class EverySampleIsReadTest {

    private static final Map<String, String> METADATA = Map.of("customer_id", "user_123456789", "batch_description",
            "Nightly eval job");

    @Test
    void openAiValidating() {
        assertThat(batch("openai-batch-validating.json")).isEqualTo(new Batch("batch_abc123", "batch", "/v1/chat/completions",
                null, List.of(), "file-abc123", "24h", "validating", null, null, ofEpochSecond(1711471533), null, null, null,
                null, null, null, null, null, new BatchRequestCounts(0, 0, 0), null, METADATA, Map.of()));
        assertThat(batch("openai-batch-validating.json").status()).isEqualTo(BatchStatus.VALIDATING);
    }

    @Test
    void openAiCompleted() {
        Batch batch = batch("openai-batch-completed.json");

        assertThat(batch).isEqualTo(new Batch("batch_abc123", "batch", "/v1/completions", "gpt-5-2025-08-07", List.of(),
                "file-abc123", "24h", "completed", "file-cvaTdG", "file-HOWS94", ofEpochSecond(1711471533),
                ofEpochSecond(1711471538), ofEpochSecond(1711557933), ofEpochSecond(1711493133), ofEpochSecond(1711493163),
                null, null, null, null, new BatchRequestCounts(100, 95, 5),
                new BatchUsage(1500, new InputTokensDetails(1024), 500, new OutputTokensDetails(300), 2000), METADATA,
                Map.of()));
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void openAiCancelling() {
        Batch batch = batch("openai-batch-cancelling.json");

        assertThat(batch.status()).isEqualTo(BatchStatus.CANCELLING);
        assertThat(batch.cancellingAt()).isEqualTo(ofEpochSecond(1711475133));
        assertThat(batch.requestCounts()).isEqualTo(new BatchRequestCounts(100, 23, 1));
    }

    @Test
    void openAiGuideWithFieldsLeftOut() {
        Batch batch = batch("openai-batch-guide-validating-sparse.json");

        assertThat(batch.status()).isEqualTo(BatchStatus.VALIDATING);
        assertThat(batch.expiresAt()).isEqualTo(ofEpochSecond(1714536634));
        assertThat(batch.finalizingAt()).isNull();
        assertThat(batch.metadata()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "CONSTRUCTED-batch-in_progress.json, IN_PROGRESS, , , 23",
            "CONSTRUCTED-batch-finalizing.json, FINALIZING, , , 95",
            "CONSTRUCTED-batch-expired.json, EXPIRED, file-cvaTdG, file-HOWS94, 60",
            "CONSTRUCTED-batch-cancelled.json, CANCELLED, file-cvaTdG, file-HOWS94, 23",
            "CONSTRUCTED-batch-failed-token-limit.json, FAILED, , , 0" })
    void everyState(String sample, BatchStatus status, String outputFile, String errorFile, int completed) {
        Batch batch = batch(sample);

        assertThat(batch.status()).isEqualTo(status);
        assertThat(batch.outputFileId()).isEqualTo(outputFile);
        assertThat(batch.errorFileId()).isEqualTo(errorFile);
        assertThat(batch.requestCounts().completed()).isEqualTo(completed);
        assertThat(batch.metadata()).isEqualTo(METADATA);
    }

    @Test
    void timesOfStates() {
        assertThat(batch("CONSTRUCTED-batch-finalizing.json").finalizingAt()).isEqualTo(ofEpochSecond(1711493133));
        assertThat(batch("CONSTRUCTED-batch-expired.json").expiredAt()).isEqualTo(ofEpochSecond(1711557990));
        assertThat(batch("CONSTRUCTED-batch-cancelled.json").cancelledAt()).isEqualTo(ofEpochSecond(1711475400));
        assertThat(batch("CONSTRUCTED-batch-failed-token-limit.json").failedAt()).isEqualTo(ofEpochSecond(1711471600));
    }

    @Test
    void tokenLimit() {
        assertThat(batch("CONSTRUCTED-batch-failed-token-limit.json").errors())
                .containsExactly(new BatchError("token_limit_exceeded", "Enqueued token limit reached for gpt-4.1 in"
                        + " organization org-123. Limit: 900,000 enqueued tokens.", null, null));
    }

    @Test
    void azureTokenLimit() throws Exception {
        String errors = Files.readString(directory().resolve("azure-errors-token-limit.json"));

        assertThat(Samples.parse("{\"id\":\"b\",\"errors\":" + errors + "}", Batch.class).errors()).singleElement()
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("token_limit_exceeded");
                    assertThat(error.message()).contains("30K for the deployment 'gpt-4.1-batch'");
                    assertThat(error.line()).isNull();
                });
    }

    @Test
    void azureLegacyWithIsoTimesAndNullCounts() {
        Batch batch = batch("azure-batch-created-legacy-rest.json");

        assertThat(batch.id()).isEqualTo("batch_fe3f047a-de39-4068-9008-346795bfc1db");
        assertThat(batch.status()).isEqualTo(BatchStatus.VALIDATING);
        assertThat(batch.statusText()).isEqualTo("Validating");
        assertThat(batch.endpoint()).isNull();
        assertThat(batch.createdAt()).isEqualTo(Instant.parse("2024-07-19T17:13:57.249138200Z"));
        assertThat(batch.expiresAt()).isEqualTo(Instant.parse("2024-07-20T17:13:57.191849800Z"));
        assertThat(batch.requestCounts()).isEqualTo(new BatchRequestCounts(null, null, null));
        assertThat(batch.metadata()).isEmpty();
    }

    @Test
    void azureFailedWithEmptyFile() {
        Batch batch = batch("azure-batch-failed-empty-file.json");

        assertThat(batch.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(batch.errors()).extracting(BatchError::code).containsExactly("empty_file");
        assertThat(batch.requestCounts()).isEqualTo(new BatchRequestCounts(10, null, null));
        assertThat(batch.outputFileId()).isEqualTo("file-ef12af98-dbbc-4d27-8309-2df57feed572");
    }

    @Test
    void azureListWithoutObject() {
        ListBatchesResponse list = Samples.read("azure-batch-list-no-object.json", ListBatchesResponse.class);

        assertThat(list.object()).isNull();
        assertThat(list.data()).extracting(Batch::id).containsExactly("batch_4ddc7b60-19a9-419b-8b93-b9a3274b33b5");
        assertThat(list.lastId()).isEqualTo("batch_6287485f-50fc-4efa-bcc5-b86690037f43");
        assertThat(list.hasMore()).isFalse();
    }

    @Test
    void groqWithBareErrors() {
        Batch batch = batch("groq-batch-completed-errors-array.json");

        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.errors()).containsExactly(new BatchError("invalid_method",
                "Invalid value: 'GET'. Supported values are: 'POST'", "method", 4));
        assertThat(batch.completedAt()).isEqualTo(ofEpochSecond(1736472607));
    }

    @Test
    void openAiList() {
        ListBatchesResponse list = Samples.read("openai-batch-list.json", ListBatchesResponse.class);

        assertThat(list.object()).isEqualTo("list");
        assertThat(list.data()).extracting(Batch::id).containsExactly("batch_abc123");
        assertThat(list.firstId()).isEqualTo("batch_abc123");
        assertThat(list.lastId()).isEqualTo("batch_abc456");
        assertThat(list.hasMore()).isTrue();
    }

    @Test
    void files() {
        assertThat(Samples.read("openai-file.json", FileObject.class)).isEqualTo(new FileObject("file-abc123", "file", 120000L,
                ofEpochSecond(1677610602), ofEpochSecond(1677614202), "mydata.jsonl", "fine-tune", null, null));
        assertThat(Samples.read("azure-file.json", FileObject.class)).isEqualTo(new FileObject(
                "file-7733bc35e32841e297a62a9ee50b3461", "file", 817L, ofEpochSecond(1743398147), ofEpochSecond(1744607747),
                "test.jsonl", "batch", "processed", null));
        assertThat(Samples.read("groq-file-no-status.json", FileObject.class)).isEqualTo(new FileObject(
                "file_01jh6x76wtemjr74t1fh0faj5t", "file", 966L, ofEpochSecond(1736472501), null, "input_file.jsonl", "batch",
                null, null));
    }

    @Test
    void fileList() {
        ListFilesResponse list = Samples.read("openai-file-list.json", ListFilesResponse.class);

        assertThat(list.data()).extracting(FileObject::id).containsExactly("file-abc123", "file-abc456");
        assertThat(list.data()).extracting(FileObject::bytes).containsExactly(175L, 140L);
        assertThat(list.lastId()).isEqualTo("file-abc456");
        assertThat(list.hasMore()).isFalse();
    }

    @Test
    void deletedFile() {
        assertThat(Samples.read("openai-file-deleted.json", DeleteFileResponse.class))
                .isEqualTo(new DeleteFileResponse("file-abc123", "file", true));
    }

    @Test
    void error() {
        assertThat(Samples.read("error-body-invalid-api-key.json", ErrorResponse.class).error()).isEqualTo(
                new ErrorResponse.ApiError("invalid_request_error", "Incorrect API key provided: sk-xxxx.", null,
                        "invalid_api_key"));
    }

    @ParameterizedTest
    @MethodSource("batchSamples")
    void everyBatchIsWrittenAsItWasRead(String sample) {
        Batch batch = batch(sample);

        assertThat(Samples.parse(new String(WireJson.write(batch)), Batch.class)).usingRecursiveComparison()
                .withComparatorForType((one, other) -> Long.compare(one.getEpochSecond(), other.getEpochSecond()),
                        Instant.class)
                .isEqualTo(batch);
    }

    static Stream<String> batchSamples() throws IOException, URISyntaxException {
        try (Stream<Path> samples = Files.list(directory())) {
            return samples.map(sample -> sample.getFileName().toString())
                    .filter(name -> name.contains("-batch-") && !name.contains("-list")).toList().stream();
        }
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(EverySampleIsReadTest.class.getResource("/samples").toURI());
    }

    private static Batch batch(String sample) {
        return Samples.read(sample, Batch.class);
    }
}
