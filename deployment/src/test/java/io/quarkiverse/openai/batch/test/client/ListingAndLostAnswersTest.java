package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class ListingAndLostAnswersTest {

    private static final CreateBatchRequest REQUEST = CreateBatchRequest.of("file-1", Endpoint.CHAT_COMPLETIONS);
    private static final ResponseDefinitionBuilder RESET = status(200).withFault(Fault.CONNECTION_RESET_BY_PEER);
    private static final ResponseDefinitionBuilder NOTHING = okJson("{\"data\":[],\"has_more\":false}");

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
    void allPagesAreRead(String subject) {
        stub.answers(page("[{\"id\":\"a\"},{\"id\":\"b\"}]", "\"has_more\":true,\"last_id\":\"b\""),
                page("[]", "\"has_more\":true,\"last_id\":\"c\""),
                page("[{\"id\":\"d\"},{\"id\":\"e\"}]", "\"has_more\":true"),
                page("[{\"id\":\"f\"}]", "\"has_more\":false,\"last_id\":\"f\""));

        assertThat(ids(subjects.of(subject).batches().listAllBatches())).containsExactly("a", "b", "d", "e", "f");

        assertThat(queries()).containsExactly("limit=100", "after=b&limit=100", "after=c&limit=100", "after=e&limit=100");
    }

    @EachSubject
    void aMissingCursorEndsTheListing(String subject) {
        stub.answers(page("[{\"id\":\"a\"}]", "\"x\":1"));
        assertThat(ids(subjects.of(subject).batches().listAllBatches())).containsExactly("a");

        stub = new Stub(port);
        stub.answers(page("[]", "\"has_more\":true"));
        assertThat(ids(subjects.of(subject).batches().listAllBatches())).isEmpty();

        stub = new Stub(port);
        stub.answers(okJson("[{\"id\":\"a\"},{\"id\":\"b\"}]"));
        assertThat(ids(subjects.of(subject).batches().listAllBatches())).containsExactly("a", "b");
        assertThat(stub.sent()).hasSize(1);
    }

    @EachSubject
    void aCursorThatRepeatsIsAnError(String subject) {
        stub.answers(page("[{\"id\":\"a\"}]", "\"has_more\":true,\"last_id\":\"a\""),
                page("[{\"id\":\"b\"}]", "\"has_more\":true,\"last_id\":\"a\""));

        assertThatThrownBy(() -> ids(subjects.of(subject).batches().listAllBatches()))
                .hasMessageContaining("cursor came up twice");
        assertThat(stub.sent()).hasSize(2);
    }

    @EachSubject
    void aFailedPageIsRetriedAndThenAnError(String subject) {
        stub.answers(page("[{\"id\":\"a\"}]", "\"has_more\":true,\"last_id\":\"a\""), status(500),
                page("[{\"id\":\"b\"}]", "\"has_more\":false"));
        assertThat(ids(subjects.of(subject).batches().listAllBatches())).containsExactly("a", "b");

        stub = new Stub(port);
        stub.answers(page("[{\"id\":\"a\"}]", "\"has_more\":true,\"last_id\":\"a\""), status(403));
        assertThatThrownBy(() -> ids(subjects.of(subject).batches().listAllBatches())).isInstanceOf(BatchApiException.class);
    }

    @EachSubject
    void allFilesAreRead(String subject) {
        stub.answers(page("[{\"id\":\"a\"}]", "\"has_more\":true,\"last_id\":\"a\""),
                page("[{\"id\":\"b\"}]", "\"has_more\":false"));

        try (Stream<FileObject> files = subjects.of(subject).files().listAllFiles("batch")) {
            assertThat(files).extracting(FileObject::id).containsExactly("a", "b");
        }
        assertThat(queries()).containsExactly("purpose=batch", "purpose=batch&after=a");
    }

    @EachSubject
    void aLostCreateIsLookedForAndAdopted(String subject) {
        for (ResponseDefinitionBuilder lost : List.of(RESET, status(500), status(408), status(409), okJson("<html>"),
                status(503).withHeader("x-should-retry", "true"), okJson("{}"))) {
            stub = new Stub(port);
            stub.answers(lost, okJson("""
                    {"data": [{"id": "other", "metadata": {"quarkus_submission_id": "x"}},
                      {"id": "mine", "metadata": {"quarkus_submission_id": "%submission%"}}], "has_more": false}"""));

            Batch batch = subjects.of(subject).batches().createBatch(REQUEST);

            assertThat(batch.id()).isEqualTo("mine");
            assertThat(stub.sent().stream().filter(request -> request.getMethod().getName().equals("POST"))).hasSize(1);
        }
    }

    @EachSubject
    void aLostCreateThatIsNotFoundIsReportedAsOpen(String subject) throws Exception {
        stub.answers(RESET, NOTHING);

        UnknownOutcomeException open = catchThrowableOfType(UnknownOutcomeException.class,
                () -> subjects.of(subject).batches().createBatch(REQUEST));

        LoggedRequest sent = stub.sent().get(0);
        JsonNode metadata = new ObjectMapper().readTree(sent.getBody()).get("metadata");
        assertThat(open.submissionId()).contains(metadata.get("quarkus_submission_id").asText());
        assertThat(open).hasMessageContaining("It is not known whether createBatch created a batch")
                .hasMessageContaining("the listing does not show it");
        assertThat(stub.sent().stream().filter(request -> request.getMethod().getName().equals("POST"))).hasSize(1);
        assertThat(subjects.of(subject).batches().findSubmission(open.submissionId().get())).isEmpty();
    }

    @EachSubject
    void aListingThatCannotBeReadLeavesItOpen(String subject) {
        stub.answers(status(502), status(403));

        assertThatThrownBy(() -> subjects.of(subject).batches().createBatch(REQUEST))
                .isInstanceOf(UnknownOutcomeException.class).hasMessageContaining("the listing could not be read");
    }

    @EachSubject
    void sixteenPairsOfTheUsersAreNeverPushedOut(String subject) throws Exception {
        Map<String, String> pairs = IntStream.range(0, 16).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
        stub.answers(RESET, NOTHING);

        UnknownOutcomeException open = catchThrowableOfType(UnknownOutcomeException.class,
                () -> subjects.of(subject).batches().createBatch(REQUEST.withMetadata(pairs)));

        assertThat(open.submissionId()).isEmpty();
        assertThat(open).hasMessageContaining("its metadata has no submission id to look for");
        assertThat(stub.sent()).hasSize(1);
        assertThat(new ObjectMapper().readTree(stub.sent().get(0).getBody()).get("metadata")).hasSize(16);
    }

    @EachSubject
    void whatWasSurelyNotCreatedIsRetried(String subject) {
        stub.answers(status(429), status(429), okJson("{\"id\":\"b\"}"));
        assertThat(subjects.of(subject).batches().createBatch(REQUEST).id()).isEqualTo("b");
        assertThat(stub.sent()).hasSize(3).extracting(LoggedRequest::getBodyAsString).containsOnly(
                stub.sent().get(0).getBodyAsString());

        stub = new Stub(port);
        stub.answers(status(404).withBody("{\"error\":{\"message\":\"No such File object: file-1\"}}"),
                status(400).withBody("{\"error\":{\"message\":\"not ready\",\"param\":\"input_file_id\"}}"),
                okJson("{\"id\":\"b\"}"));
        assertThat(subjects.of(subject).batches().createBatch(REQUEST).id()).isEqualTo("b");

        stub = new Stub(port);
        stub.answers(status(400).withBody("{\"error\":{\"message\":\"bad endpoint\",\"param\":\"endpoint\"}}"));
        assertThatThrownBy(() -> subjects.of(subject).batches().createBatch(REQUEST)).isInstanceOf(BatchApiException.class)
                .isNotInstanceOf(UnknownOutcomeException.class);
        assertThat(stub.sent()).hasSize(1);
    }

    @EachSubject
    void aLostUploadIsFoundByNamePurposeAndSize(String subject) {
        Path file = TempFile.of("lines.jsonl", "12345");
        for (ResponseDefinitionBuilder lost : List.of(RESET, status(500), okJson("<html>"))) {
            stub = new Stub(port);
            stub.answers(lost, files("lines.jsonl", "batch", 5, 0, "mine-" + lost.hashCode() + subject));

            assertThat(subjects.of(subject).files().uploadFile(file).id()).isEqualTo("mine-" + lost.hashCode() + subject);

            assertThat(stub.sent()).extracting(request -> request.getMethod().getName()).containsExactly("POST", "GET");
            assertThat(queries().get(1)).isEqualTo("purpose=batch&limit=100");
        }
    }

    @EachSubject
    void anotherFileIsNotTakenForALostUpload(String subject) {
        Path file = TempFile.of("lines.jsonl", "12345");
        for (ResponseDefinitionBuilder listing : List.of(NOTHING, status(403),
                files("other.jsonl", "batch", 5, 0, "x"), files("lines.jsonl", "evals", 5, 0, "x"),
                files("lines.jsonl", "batch", 6, 0, "x"), files("lines.jsonl", "batch", 5, -10, "x"),
                files("lines.jsonl", "batch", 5, 0, "x", "y"))) {
            stub = new Stub(port);
            stub.answers(RESET, listing, okJson("{\"id\":\"sent again\"}"));

            assertThat(subjects.of(subject).files().uploadFile(file).id()).isEqualTo("sent again");
        }
    }

    @EachSubject
    void aFileThatTheClientWasToldOfIsNotAdopted(String subject) {
        Path file = TempFile.of("lines.jsonl", "12345");
        String told = "told-" + subject;
        stub.answers(okJson("{\"id\":\"" + told + "\"}"), RESET, files("lines.jsonl", "batch", 5, 0, told),
                okJson("{\"id\":\"sent again\"}"));

        assertThat(subjects.of(subject).files().uploadFile(file).id()).isEqualTo(told);
        assertThat(subjects.of(subject).files().uploadFile(file).id()).isEqualTo("sent again");
    }

    @EachSubject
    void aLostUploadIsLookedForEvenIfItIsNotRetried(String subject) {
        stub.answers(RESET, files("lines.jsonl", "batch", 5, 0, "last-" + subject));

        assertThat(subjects.of(subject).with(CallOptions.of().withRetry(RetryOptions.none())).files()
                .uploadFile(TempFile.of("lines.jsonl", "12345")).id()).isEqualTo("last-" + subject);
    }

    private static ResponseDefinitionBuilder page(String data, String rest) {
        return okJson("{\"object\":\"list\",\"data\":" + data + "," + rest + "}");
    }

    private static ResponseDefinitionBuilder files(String name, String purpose, int bytes, int secondsFromNow, String... ids) {
        String list = Stream.of(ids).map(id -> """
                {"id":"%s", "filename":"%s", "purpose":"%s", "bytes":%d, "created_at":%d}"""
                .formatted(id, name, purpose, bytes, Instant.now().getEpochSecond() + secondsFromNow))
                .collect(Collectors.joining(","));
        return page("[" + list + "]", "\"has_more\":false").withHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }

    private List<String> queries() {
        return stub.sent().stream().map(request -> request.getUrl().replaceFirst(".*scope=a%20b&?", "")).toList();
    }

    private static List<String> ids(Stream<Batch> batches) {
        try (batches) {
            return batches.map(Batch::id).toList();
        }
    }
}
