package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.Multipart;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

/** A row for each provider whose Batch API is compatible: a create, an upload and a page as they leave, and answers as read. */
@QuarkusTestResource(WireMockResource.class)
class EveryCompatibleProviderOnTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OPENAI = sample("openai-batch-validating.json");
    private static final String AZURE = sample("azure-batch-created-legacy-rest.json");
    private static final String GROQ = sample("groq-batch-completed-errors-array.json");
    private static final String TOGETHER = """
            {"job":{"id":"batch_1","status":"IN_PROGRESS","endpoint":"/v1/chat/completions","input_file_id":"file-1",
            "created_at":"2025-05-01T00:00:00Z","job_deadline":"2025-05-02T00:00:00Z","progress":12.5,"model_id":"m","error":""},
            "warning":null}""";
    private static final String NOVITA = """
            {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","input_file_id":"file-1","status":"PROGRESS",
            "created_at":"1711471533","errors":"","total":"3","completed":1,"failed":0}""";
    private static final String ORQ = """
            {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","input_file_id":"file-1","status":"in_progress",
            "errors":{},"metadata":{"n":1},"created_at":1711471533,"completion_window":"24h"}""";
    private static final String ZHIPU = """
            {"id":"batch_1","object":"batch","endpoint":"/v4/chat/completions","input_file_id":"file-1","status":"validating",
            "created_at":1711471533,"auto_delete_input_file":true,"request_counts":{"total":0,"completed":0,"failed":0}}""";
    private static final String NEBIUS = OPENAI.replace("\"finalizing_at\": null,", "").replace("\"cancelling_at\": null,", "");

    private static final List<Row> ROWS = List.of(
            row(Provider.OPENAI, "/v1", OPENAI, BatchStatus.VALIDATING),
            row(Provider.AZURE, "/openai/v1", AZURE, BatchStatus.VALIDATING).auth("api-key", "key-1"),
            row(Provider.AZURE_LEGACY, "/openai", AZURE, BatchStatus.VALIDATING).auth("api-key", "key-1")
                    .query("?api-version=2024-10-21", "?api-version=2024-10-21&limit=5"),
            row(Provider.ORQ, "/v3/router", ORQ, BatchStatus.IN_PROGRESS),
            row(Provider.ORQ, "/v2", ORQ, BatchStatus.IN_PROGRESS).batches("/proxy/batch").query("", "?after=&limit=5"),
            row(Provider.GROQ, "/openai/v1", GROQ, BatchStatus.COMPLETED),
            row(Provider.TOGETHER, "/v1", TOGETHER, BatchStatus.IN_PROGRESS).upload("/files/upload", "batch-api"),
            row(Provider.DEEPINFRA, "/v1/openai", OPENAI, BatchStatus.VALIDATING),
            row(Provider.NEBIUS, "/v1", NEBIUS, BatchStatus.VALIDATING),
            row(Provider.ZHIPU, "/api/paas/v4", ZHIPU, BatchStatus.VALIDATING).window(null),
            row(Provider.MOONSHOT, "/v1", OPENAI, BatchStatus.VALIDATING),
            row(Provider.DASHSCOPE, "/compatible-mode/v1", OPENAI, BatchStatus.VALIDATING),
            row(Provider.LITELLM, "/v1", OPENAI, BatchStatus.VALIDATING),
            row(Provider.LLM_D, "/v1", OPENAI, BatchStatus.VALIDATING),
            row(Provider.OTHER, "/openai/v1", NOVITA, BatchStatus.IN_PROGRESS));

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of();

    @ConfigProperty(name = "wiremock.port")
    int port;

    @Test
    void createAsItLeavesAndItsAnswerAsRead() {
        for (Row row : ROWS) {
            Stub stub = new Stub(port);
            stub.answerAll(row.answer);
            try (OpenAiBatch client = client(row)) {
                Batch batch = client.batches().createBatch(CreateBatchRequest.of("file-1", row.endpoint()));
                assertThat(batch.status()).as(row.name()).isEqualTo(row.status);
                assertThat(batch.id()).as(row.name()).isNotBlank();
                assertThat(batch.createdAt()).as(row.name()).isNotNull();
            }
            LoggedRequest request = stub.sent("POST", row.base + row.batches + row.createQuery);
            assertThat(request.getHeader(row.authHeader)).as(row.name()).isEqualTo(row.authValue);
            assertThat(request.getHeader("Content-Type")).startsWith("application/json");
            JsonNode body = json(request);
            assertThat(body.path("input_file_id").asText()).isEqualTo("file-1");
            assertThat(body.path("endpoint").asText()).isEqualTo(row.endpoint().path());
            assertThat(body.path("completion_window").asText(null)).as(row.name()).isEqualTo(row.window);
        }
    }

    @Test
    void aPageAsItIsAskedFor() {
        for (Row row : ROWS) {
            Stub stub = new Stub(port);
            stub.answerAll("{\"data\":[%s],\"has_more\":false}".formatted(row.answer));
            try (OpenAiBatch client = client(row)) {
                assertThat(client.batches().listBatches(null, 5).data()).as(row.name()).hasSize(1);
            }
            LoggedRequest request = stub.sent("GET", row.base + row.batches + row.listQuery);
            assertThat(request.getHeader(row.authHeader)).as(row.name()).isEqualTo(row.authValue);
        }
    }

    @Test
    void anUploadAsItLeavesAndItsAnswerAsRead() throws Exception {
        Path file = Files.writeString(Files.createTempFile("input", ".jsonl"), "{}\n");
        for (Row row : ROWS) {
            Stub stub = new Stub(port);
            stub.answerAll(sample("azure-file.json"));
            try (OpenAiBatch client = client(row)) {
                FileObject uploaded = client.files().uploadFile(file);
                assertThat(uploaded.bytes()).as(row.name()).isEqualTo(817);
                assertThat(uploaded.id()).isEqualTo("file-7733bc35e32841e297a62a9ee50b3461");
            }
            LoggedRequest request = stub.sent("POST", row.base + row.upload + row.createQuery);
            assertThat(request.getHeader(row.authHeader)).as(row.name()).isEqualTo(row.authValue);
            Map<String, Multipart.Part> parts = Multipart.of(request);
            assertThat(parts.get("purpose").body()).as(row.name()).isEqualTo(row.purpose);
            assertThat(parts.get("file").body()).isEqualTo("{}\n");
            assertThat(parts.get("file").head()).containsIgnoringCase("content-type: application/jsonl").contains(".jsonl\"");
        }
    }

    private OpenAiBatch client(Row row) {
        return OpenAiBatch.builder().provider(row.provider).baseUrl("http://localhost:" + port + row.base).apiKey("key-1")
                .build();
    }

    private static JsonNode json(LoggedRequest request) {
        try {
            return JSON.readTree(request.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payloads of the runtime module's tests. */
    private static String sample(String name) {
        try {
            return Files.readString(Path.of("..", "runtime", "src", "test", "resources", "samples", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(Provider provider, String base, String answer, BatchStatus status) {
        return new Row(provider, base, answer, status);
    }

    /** What a provider is sent, and answers; OpenAI's own unless said otherwise. */
    private static final class Row {

        private final Provider provider;
        private final String base;
        private final String answer;
        private final BatchStatus status;
        private String batches = "/batches";
        private String upload = "/files";
        private String purpose = "batch";
        private String window = "24h";
        private String authHeader = "Authorization";
        private String authValue = "Bearer key-1";
        private String createQuery = "";
        private String listQuery = "?limit=5";

        Row(Provider provider, String base, String answer, BatchStatus status) {
            this.provider = provider;
            this.base = base;
            this.answer = answer;
            this.status = status;
        }

        String name() {
            return provider + " at " + base;
        }

        Endpoint endpoint() {
            return provider == Provider.ZHIPU ? Endpoint.of("/v4/chat/completions") : Endpoint.CHAT_COMPLETIONS;
        }

        Row auth(String header, String value) {
            this.authHeader = header;
            this.authValue = value;
            return this;
        }

        Row query(String ofCreate, String ofList) {
            this.createQuery = ofCreate;
            this.listQuery = ofList;
            return this;
        }

        Row batches(String path) {
            this.batches = path;
            return this;
        }

        Row upload(String path, String purposeOfFile) {
            this.upload = path;
            this.purpose = purposeOfFile;
            return this;
        }

        Row window(String completionWindow) {
            this.window = completionWindow;
            return this;
        }
    }
}
