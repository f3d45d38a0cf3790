package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.OpenAiBatchBuilder;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.ExpiresAfter;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.Multipart;
import io.quarkiverse.openai.batch.test.client.support.Multipart.Part;
import io.quarkiverse.openai.batch.test.client.support.ProviderRow;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class EveryProviderIsOneLineOfConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of();

    private static final Map<String, ProviderRow> ROWS = ProviderRow.all()
            .collect(Collectors.toMap(ProviderRow::name, row -> row));

    @ConfigProperty(name = "wiremock.port")
    int port;

    @ConfigProperty(name = "wiremock.url")
    String url;

    private OpenAiBatch client;
    private Stub stub;

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aCreateAsItLeavesAndItsDocumentedAnswerAsRead(String name) throws Exception {
        ProviderRow row = client(name, ROWS.get(name).answer());

        Batch batch = client.batches().createBatch(CreateBatchRequest.of("file-1", Endpoint.CHAT_COMPLETIONS));

        assertThat(row.read()).accepts(batch);
        LoggedRequest sent = stub.sent("POST", row.batches() + query(row.query()));
        assertAuth(sent, row);
        JsonNode body = new ObjectMapper().readTree(sent.getBody());
        assertThat(body.path("input_file_id").asText()).isEqualTo("file-1");
        assertThat(body.path("endpoint").asText()).isEqualTo("/v1/chat/completions");
        assertThat(body.path("completion_window").asText(null)).isEqualTo(row.window());
        assertThat(body.has("metadata")).isEqualTo(row.metadata());
        assertThat(body).hasSize(2 + (row.window() == null ? 0 : 1) + (row.metadata() ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("names")
    void anotherEndpointAndWindowOfARequest(String name) throws Exception {
        ProviderRow row = client(name, ROWS.get(name).answer());

        client.batches().createBatch(CreateBatchRequest.of("file-1", Endpoint.of("/v4/chat/completions"))
                .withCompletionWindow("12h").withProperty("auto_delete_input_file", true));

        JsonNode body = new ObjectMapper().readTree(stub.sent("POST", row.batches() + query(row.query())).getBody());
        assertThat(body.path("endpoint").asText()).isEqualTo("/v4/chat/completions");
        assertThat(body.path("completion_window").asText()).isEqualTo("12h");
        assertThat(body.path("auto_delete_input_file").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void anUpload(String name) {
        ProviderRow row = client(name, "{\"id\":\"file-1\"}");

        client.files().uploadFile(CreateFileRequest.of(TempFile.of("lines.jsonl", "x"))
                .withExpiresAfter(ExpiresAfter.creation(Duration.ofDays(14))));

        LoggedRequest sent = stub.sent("POST", row.upload() + query(row.query()));
        assertAuth(sent, row);
        Map<String, Part> parts = Multipart.of(sent);
        assertThat(parts.get("purpose").body()).isEqualTo(row.purpose());
        assertThat(parts.get(row.expiry()).body()).isEqualTo("1209600");
        assertThat(parts.get("file").head()).contains("filename=\"lines.jsonl\"");
        assertThat(parts.containsKey("file_name")).isEqualTo(row.upload().endsWith("/upload"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSecondPage(String name) {
        ProviderRow row = client(name, "{\"data\":[]}");

        client.batches().listBatches("c1", 2);

        assertAuth(stub.sent("GET", row.batches() + query(row.query(), row.page())), row);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFirstPage(String name) {
        ProviderRow row = client(name, "{\"data\":[]}");

        client.batches().listBatches(null, 2);

        String after = name.equals("orq, as it was") ? "after=&limit=2" : "limit=2";
        stub.sent("GET", row.batches() + query(row.query(), after));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theOtherOperations(String name) {
        ProviderRow row = client(name, "{\"id\":\"x\"}");

        client.batches().retrieveBatch("b1");
        client.batches().cancelBatch("b1");
        client.files().retrieveFile("f1");
        client.files().deleteFile("f1");
        client.files().fileContent("f1");

        assertThat(stub.sent().stream().map(sent -> sent.getMethod() + " " + sent.getUrl())).containsExactly(
                "GET " + row.batches() + "/b1" + query(row.query()),
                "POST " + row.batches() + "/b1/cancel" + query(row.query()),
                "GET " + row.path() + "/files/f1" + query(row.query()),
                "DELETE " + row.path() + "/files/f1" + query(row.query()),
                "GET " + row.path() + "/files/f1/content" + query(row.query()));
        stub.sent().forEach(sent -> assertAuth(sent, row));
    }

    static Stream<String> names() {
        return ProviderRow.all().map(ProviderRow::name);
    }

    private ProviderRow client(String name, String answer) {
        ProviderRow row = ROWS.get(name);
        OpenAiBatchBuilder builder = OpenAiBatch.builder().baseUrl(url + row.path()).apiKey("k");
        row.preset().accept(builder);
        client = builder.build();
        stub = new Stub(port);
        stub.answerAll(answer);
        return row;
    }

    private static void assertAuth(LoggedRequest sent, ProviderRow row) {
        String[] header = row.auth().split(": ");
        assertThat(sent.getHeader(header[0])).isEqualTo(header[1]);
        String other = header[0].equals("api-key") ? "Authorization" : "api-key";
        assertThat(sent.header(other).isPresent()).isFalse();
    }

    private static String query(String... parameters) {
        String all = Stream.of(parameters).filter(part -> !part.isEmpty()).collect(Collectors.joining("&"));
        return all.isEmpty() ? "" : "?" + all;
    }
}
