package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.Subject;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class CompressedAnswersAndRedirectsTest {

    private static final String BATCH = "{\"id\":\"batch_1\",\"status\":\"validating\"}";
    private static final String LINES = "{\"custom_id\":\"a\"}\n".repeat(10_000);

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

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static ResponseDefinitionBuilder compressed(int status, String text) {
        return aResponse().withStatus(status).withHeader("Content-Encoding", "gzip").withBody(gzip(text));
    }

    private Subject once(String subject) {
        return subjects.of(subject).with(CallOptions.of().withRetry(RetryOptions.none()));
    }

    private static String content(Subject subject) throws IOException {
        try (InputStream content = subject.files().fileContent("file-1")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @EachSubject
    void compressedAnswersAreRead(String subject) throws IOException {
        stub.answers(compressed(200, BATCH), compressed(200, LINES));
        assertThat(once(subject).batches().retrieveBatch("batch_1").id()).isEqualTo("batch_1");
        assertThat(content(once(subject))).isEqualTo(LINES);
        assertThat(stub.sent()).allSatisfy(
                request -> assertThat(request.getHeader("Accept-Encoding")).isEqualTo("identity, gzip;q=0.5"));
    }

    @Test
    void aCompressedErrorIsRead() {
        stub.answerAll(compressed(400, "{\"error\":{\"code\":\"invalid_value\"}}"));
        assertThatThrownBy(() -> once(Subject.DEFAULT).batches().retrieveBatch("batch_1"))
                .isInstanceOf(BatchApiException.class).hasMessageContaining("400 invalid_value");
    }

    @Test
    void aBodyThatDecodesToMoreThanThirtyTwoMegabytesIsNotReadToItsEnd() {
        stub.answerAll(compressed(200, " ".repeat(33 << 20) + BATCH));
        assertThatThrownBy(() -> once(Subject.DEFAULT).batches().retrieveBatch("batch_1"))
                .isInstanceOf(BatchApiException.class).hasMessageContaining("no readable Batch");
    }

    @ParameterizedTest
    @ValueSource(strings = { "br", "gzip, gzip", "compress" })
    void anotherCodingIsAnErrorOfItsOwn(String coding) {
        stub.answerAll(ok("?").withHeader("Content-Encoding", coding));
        assertThatThrownBy(() -> once(Subject.DEFAULT).batches().retrieveBatch("batch_1"))
                .isInstanceOf(BatchApiException.class).hasMessageContaining("no readable Batch");
        assertThatThrownBy(() -> content(once(Subject.DEFAULT))).isInstanceOf(BatchApiException.class)
                .hasMessageContaining("no readable content");
    }

    @Test
    void contentThatIsNotWhatItsCodingSaysBreaksOff() {
        stub.answerAll(ok(LINES).withHeader("Content-Encoding", "gzip"));
        assertThatThrownBy(() -> content(once(Subject.DEFAULT))).isInstanceOf(IOException.class);
    }

    private static ResponseDefinitionBuilder redirect(int status, String location) {
        return aResponse().withStatus(status).withHeader("Location", location).withBody("moved");
    }

    @EachSubject
    void contentIsReadWhereARedirectLeadsButWithoutKeyAndHeadersOnAnotherOrigin(String subject) throws IOException {
        stub.answers(redirect(302, "http://127.0.0.1:" + port + "/signed?signature=1"), ok(LINES));
        assertThat(content(once(subject))).isEqualTo(LINES);
        LoggedRequest first = stub.sent().get(0);
        LoggedRequest second = stub.sent().get(1);
        assertThat(second.getUrl()).isEqualTo("/signed?signature=1");
        assertThat(first.getHeaders().all()).extracting(HttpHeader::key)
                .contains("Authorization", "OpenAI-Organization", "X-Client");
        assertThat(second.getHeaders().all()).extracting(header -> header.key().toLowerCase())
                .isSubsetOf("host", "accept", "accept-encoding", "user-agent");
    }

    @Test
    void onTheSameOriginTheKeyIsSent() throws IOException {
        stub.answers(redirect(307, "/other"), ok(LINES));
        assertThat(content(once(Subject.DEFAULT))).isEqualTo(LINES);
        assertThat(stub.sent().get(1).getUrl()).isEqualTo("/other");
        assertThat(stub.sent().get(1).getHeader("Authorization")).isEqualTo(stub.sent().get(0).getHeader("Authorization"));
    }

    @Test
    void threeRedirectsAreFollowedAndNoFourth() throws IOException {
        stub.answers(redirect(301, "/1"), redirect(303, "/2"), redirect(308, "/3"), ok(LINES));
        assertThat(content(once(Subject.DEFAULT))).isEqualTo(LINES);
        reset();
        stub.answerAll(redirect(302, "/round"));
        assertThatThrownBy(() -> content(once(Subject.DEFAULT))).isInstanceOf(BatchApiException.class)
                .hasMessageContaining("status 302");
        assertThat(stub.sent()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://192.0.2.1/content", "ftp://localhost/content", "file:///etc/passwd", "http://[", "",
            "https://user:password@localhost/content" })
    void aRedirectToAnotherPlaceIsNotFollowed(String location) {
        stub.answerAll(redirect(302, location));
        assertThatThrownBy(() -> content(once(Subject.DEFAULT))).isInstanceOf(BatchApiException.class)
                .hasMessageContaining("status 302");
        assertThat(stub.sent()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void onlyContentIsFollowed() {
        stub.answerAll(redirect(307, "/other"));
        for (Runnable call : List.<Runnable> of(() -> once(Subject.DEFAULT).batches().retrieveBatch("batch_1"),
                () -> once(Subject.DEFAULT).files().retrieveFile("file-1"),
                () -> once(Subject.DEFAULT).files().deleteFile("file-1"))) {
            assertThatThrownBy(call::run).isInstanceOf(BatchApiException.class).hasMessageContaining("status 307");
        }
        assertThat(stub.sent()).hasSize(3);
    }
}
