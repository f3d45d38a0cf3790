package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.ExpiresAfter;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.Multipart;
import io.quarkiverse.openai.batch.test.client.support.Multipart.Part;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class EveryOperationOnTheWireTest {

    private static final String SCOPE = "?scope=a%20b";
    private static final String BATCH = "{\"id\":\"batch_1\",\"status\":\"validating\",\"input_file_id\":\"file-1\"}";
    private static final String FILE = "{\"id\":\"file-1\",\"bytes\":18,\"filename\":\"lines.jsonl\",\"purpose\":\"batch\"}";

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.at("${wiremock.url}/v1");

    @Inject
    Subjects subjects;

    @ConfigProperty(name = "wiremock.port")
    int port;

    private Stub stub;

    @BeforeEach
    void reset() {
        stub = new Stub(port);
    }

    @EachSubject
    void createBatch(String subject) throws Exception {
        stub.answerAll(BATCH);

        Batch batch = subjects.of(subject).batches().createBatch(CreateBatchRequest.of("file-1", Endpoint.EMBEDDINGS)
                .withMetadata(Map.of("run", "7")).withOutputExpiresAfter(ExpiresAfter.creation(Duration.ofHours(1)))
                .withProperty("priority", 1));

        assertThat(batch.id()).isEqualTo("batch_1");
        assertThat(batch.status()).isEqualTo(BatchStatus.VALIDATING);
        LoggedRequest sent = stub.sent("POST", "/v1/batches" + SCOPE);
        assertHeaders(sent, "Content-Type", "Accept", "Content-Length");
        assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
        ObjectNode body = (ObjectNode) new ObjectMapper().readTree(sent.getBody());
        assertThat(((ObjectNode) body.get("metadata")).remove("quarkus_submission_id").asText())
                .matches("[0-9a-z]+-[0-9a-f-]{36}");
        assertThat(body).isEqualTo(new ObjectMapper().readTree("""
                {"input_file_id":"file-1", "endpoint":"/v1/embeddings", "completion_window":"24h", "metadata":{"run":"7"},
                 "output_expires_after":{"anchor":"created_at", "seconds":3600}, "priority":1}"""));
    }

    @EachSubject
    void retrieveBatch(String subject) {
        stub.answerAll(BATCH);

        assertThat(subjects.of(subject).batches().retrieveBatch("batch_1").inputFileId()).isEqualTo("file-1");

        LoggedRequest sent = stub.sent("GET", "/v1/batches/batch_1" + SCOPE);
        assertHeaders(sent, "Accept");
        assertThat(sent.getHeader("Accept")).isEqualTo("application/json");
        assertThat(sent.getBody()).isEmpty();
    }

    @EachSubject
    void cancelBatch(String subject) {
        stub.answerAll("{\"id\":\"batch_1\",\"status\":\"cancelling\"}");

        assertThat(subjects.of(subject).batches().cancelBatch("batch_1").status()).isEqualTo(BatchStatus.CANCELLING);

        LoggedRequest sent = stub.sent("POST", "/v1/batches/batch_1/cancel" + SCOPE);
        assertHeaders(sent, "Accept", "Content-Length");
        assertThat(sent.getHeader("Content-Length")).isEqualTo("0");
    }

    @EachSubject
    void listBatches(String subject) {
        stub.answerAll("{\"object\":\"list\",\"data\":[" + BATCH + "],\"last_id\":\"batch_1\",\"has_more\":true}");

        assertThat(subjects.of(subject).batches().listBatches("batch_&=0", 1).data()).extracting(Batch::id)
                .containsExactly("batch_1");

        assertHeaders(stub.sent("GET", "/v1/batches" + SCOPE + "&after=batch_%26%3D0&limit=1"), "Accept");
    }

    @EachSubject
    void listBatchesFromTheStart(String subject) {
        stub.answerAll("{\"data\":[]}");

        assertThat(subjects.of(subject).batches().listBatches(null, null).data()).isEmpty();

        stub.sent("GET", "/v1/batches" + SCOPE);
    }

    @EachSubject
    void uploadFile(String subject) {
        stub.answerAll(FILE);
        Path file = TempFile.of("lines.jsonl", "{\"custom_id\":\"ä\"}\n");

        FileObject uploaded = subjects.of(subject).files().uploadFile(file);

        assertThat(uploaded.id()).isEqualTo("file-1");
        LoggedRequest sent = stub.sent("POST", "/v1/files" + SCOPE);
        assertHeaders(sent, "Accept", "Content-Type", "Content-Length");
        Map<String, Part> parts = Multipart.of(sent);
        assertThat(parts).containsOnlyKeys("purpose", "file");
        assertThat(parts.get("purpose").body()).isEqualTo("batch");
        assertThat(parts.get("file").body()).isEqualTo("{\"custom_id\":\"ä\"}\n");
        assertThat(parts.get("file").head()).isEqualToIgnoringNewLines("""
                content-disposition: form-data; name="file"; filename="lines.jsonl"
                content-length: 19
                content-type: application/jsonl
                content-transfer-encoding: binary""");
    }

    @EachSubject
    void uploadFileWithAllItsFields(String subject) {
        stub.answerAll(FILE);
        Path file = TempFile.of("x.tmp", "x");

        subjects.of(subject).files().uploadFile(CreateFileRequest.of(file).withFilename("other").withPurpose("evals")
                .withExpiresAfter(ExpiresAfter.creation(Duration.ofDays(1))));

        LoggedRequest sent = stub.sent("POST", "/v1/files" + SCOPE);
        Map<String, Part> parts = Multipart.of(sent);
        assertThat(parts).hasSize(4);
        assertThat(parts.get("purpose").body()).isEqualTo("evals");
        assertThat(parts.get("expires_after[anchor]").body()).isEqualTo("created_at");
        assertThat(parts.get("expires_after[seconds]").body()).isEqualTo("86400");
        assertThat(parts.get("file").head()).contains("filename=\"other.jsonl\"");
    }

    @EachSubject
    void listFiles(String subject) {
        stub.answerAll("{\"data\":[" + FILE + "],\"has_more\":false}");

        assertThat(subjects.of(subject).files().listFiles("batch", "file-0", 5).data()).extracting(FileObject::filename)
                .containsExactly("lines.jsonl");

        stub.sent("GET", "/v1/files" + SCOPE + "&purpose=batch&after=file-0&limit=5");
    }

    @EachSubject
    void retrieveFile(String subject) {
        stub.answerAll(FILE);

        assertThat(subjects.of(subject).files().retrieveFile("file-1").bytes()).isEqualTo(18);

        stub.sent("GET", "/v1/files/file-1" + SCOPE);
    }

    @EachSubject
    void deleteFile(String subject) {
        stub.answerAll("{\"id\":\"file-1\",\"object\":\"file\",\"deleted\":true}");

        assertThat(subjects.of(subject).files().deleteFile("file-1")).isEqualTo(
                new DeleteFileResponse("file-1", "file", true));

        stub.sent("DELETE", "/v1/files/file-1" + SCOPE);
    }

    @EachSubject
    void fileContent(String subject) throws Exception {
        stub.answerAll(ok("{\"custom_id\":\"a\"}\n").withHeader("Content-Type", "application/octet-stream"));

        try (InputStream content = subjects.of(subject).files().fileContent("file-1")) {
            assertThat(new String(content.readAllBytes())).isEqualTo("{\"custom_id\":\"a\"}\n");
        }

        LoggedRequest sent = stub.sent("GET", "/v1/files/file-1/content" + SCOPE);
        assertThat(sent.getHeader("Accept")).isEqualTo("*/*");
    }

    @EachSubject
    void anEmptyFile(String subject) throws Exception {
        stub.answerAll(aResponse().withStatus(200));

        try (InputStream content = subjects.of(subject).files().fileContent("file-1")) {
            assertThat(content.read()).isEqualTo(-1);
        }
    }

    @EachSubject
    void findSubmission(String subject) {
        stub.answers("{\"data\":[" + BATCH + "],\"last_id\":\"batch_1\",\"has_more\":true}",
                "{\"data\":[{\"id\":\"batch_2\",\"metadata\":{\"quarkus_submission_id\":\"mine\"}}],\"has_more\":true}");

        Optional<Batch> found = subjects.of(subject).batches().findSubmission("mine");

        assertThat(found).map(Batch::id).contains("batch_2");
        assertThat(stub.sent()).extracting(LoggedRequest::getUrl).containsExactly("/v1/batches" + SCOPE + "&limit=100",
                "/v1/batches" + SCOPE + "&after=batch_1&limit=100");
    }

    @EachSubject
    void resultsWithStatusAndHeaders(String subject) {
        stub.answerAll(aResponse().withStatus(201).withHeader("X-Request-Id", "req_1").withHeader("X-Twice", "a", "b")
                .withBody(BATCH));

        ApiResult<Batch> result = subjects.of(subject).batches().withResponse().retrieveBatch("batch_1");

        assertThat(result).isInstanceOfSatisfying(ApiResult.Ok.class, ok -> {
            assertThat(ok.status()).isEqualTo(201);
            assertThat(ok.header("X-REQUEST-ID")).contains("req_1");
            assertThat(ok.headers().get("x-twice")).isEqualTo(List.of("a", "b"));
        });
        assertThat(result.orElseThrow().id()).isEqualTo("batch_1");
    }

    @EachSubject
    void resultsOfAllOperations(String subject) throws Exception {
        stub.answerAll("{\"id\":\"x\",\"data\":[],\"deleted\":true}");
        var batches = subjects.of(subject).batches();
        var files = subjects.of(subject).files();
        Path file = TempFile.of("lines.jsonl", "x");

        assertThat(batches.withResponse().createBatch(CreateBatchRequest.of("f", Endpoint.RESPONSES)).orElseThrow().id())
                .isEqualTo("x");
        assertThat(batches.withResponse().listBatches(null, 1).orElseThrow().data()).isEmpty();
        assertThat(batches.withResponse().cancelBatch("x").orElseThrow().id()).isEqualTo("x");
        assertThat(files.withResponse().uploadFile(CreateFileRequest.of(file)).orElseThrow().id()).isEqualTo("x");
        assertThat(files.withResponse().listFiles(null, null, null).orElseThrow().data()).isEmpty();
        assertThat(files.withResponse().retrieveFile("x").orElseThrow().id()).isEqualTo("x");
        assertThat(files.withResponse().deleteFile("x").orElseThrow().deleted()).isTrue();
        try (InputStream content = files.withResponse().fileContent("x").orElseThrow()) {
            assertThat(content.readAllBytes()).isNotEmpty();
        }
    }

    /** All headers are the client's own but for these. */
    private static void assertHeaders(LoggedRequest sent, String... further) {
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer sk-secret-key");
        assertThat(sent.getHeader("OpenAI-Organization")).isEqualTo("org-1");
        assertThat(sent.getHeader("OpenAI-Project")).isEqualTo("proj-1");
        assertThat(sent.getHeader("X-Client")).isEqualTo("7");
        assertThat(sent.getHeaders().all()).extracting(HttpHeader::key).usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .contains(further)
                .containsOnlyOnceElementsOf(List.of("Authorization", "OpenAI-Organization", "OpenAI-Project", "X-Client",
                        "User-Agent", "Host", "Accept-Encoding"))
                .hasSize(7 + further.length);
    }
}
