package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.Multipart;
import io.quarkiverse.openai.batch.test.client.support.SecretTexts;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.Subject;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class ErrorsAndRetriesTest {

    private static final String BATCH = "{\"id\":\"batch_1\",\"status\":\"validating\"}";
    private static final CallOptions ONCE = CallOptions.of().withRetry(RetryOptions.none());
    /** Waits too short to be seen, where the server asks for none. */
    private static final RetryOptions PATIENT = Subjects.RETRY.withMaxRetries(9).withMaxRetryAfter(Duration.ofMillis(150));

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
    void anErrorInOpenAisForm(String subject) {
        stub.answerAll(status(404).withHeader("x-request-id", "req_9").withBody("""
                {"error": {"message": "secret-prompt echoed", "type": "invalid_request_error", "param": null,
                  "code": "not_found\\u001b[31m"}}"""));

        BatchApiException error = failure(() -> subjects.of(subject).files().uploadFile(TempFile.of("a.jsonl", "x")));

        assertThat(error.status()).isEqualTo(404);
        assertThat(error.requestId()).contains("req_9");
        assertThat(error.error()).contains(new ApiError("invalid_request_error", "secret-prompt echoed", null,
                "not_found\u001b[31m"));
        assertThat(error.bodyStart()).contains("secret-prompt");
        assertThat(error.attempts()).isEqualTo(1);
        assertThat(error.elapsed()).isPositive();
        assertThat(error.getMessage()).matches("uploadFile at localhost:" + port + " failed with status 404"
                + " \\(request req_9\\), after 1 attempt in \\d+ ms");
        assertThat(SecretTexts.isIn(error)).isFalse();
    }

    @EachSubject
    void whatTheProviderSaysOfACallWithoutPromptsIsTold(String subject) {
        stub.answerAll(status(400).withBody("""
                {"error": {"message": "No file with id file-1.", "type": "invalid_request_error",
                  "param": "input_file_id", "code": null}}"""));

        assertThat(failure(() -> subjects.of(subject).batches().retrieveBatch("batch_1")).getMessage())
                .matches("retrieveBatch at localhost:" + port + " failed with status 400 invalid_request_error, after 1 attempt"
                        + " in \\d+ ms: No file with id file-1. \\(param input_file_id\\)");
    }

    /** Gateways put the request's header into their message, and some into the request id. */
    @EachSubject
    void aKeyThatTheProviderRepeatsIsCutOut(String subject) {
        String body = """
                {"error": {"message": "Key %1$s of Bearer %1$s, not sk-another-key-of-someone", "type": "%1$s", "param": "%1$s",
                  "code": "invalid_api_key Bearer %1$s"}, "id": "%1$s"}""".formatted(SecretTexts.KEY);
        for (int status : new int[] { 401, 400, 200 }) {
            stub = new Stub(port);
            stub.answerAll(status(status).withHeader("x-request-id", "req-" + SecretTexts.KEY).withBody(body));

            String seen;
            try {
                seen = subjects.of(subject).batches().retrieveBatch("batch_1").toString();
            } catch (BatchApiException error) {
                seen = error.getMessage() + error.error() + error.bodyStart() + error.headers();
            }
            assertThat(seen).as("%d", status).doesNotContain(SecretTexts.KEY).contains("****");
            assertThat(status == 200 || !seen.contains("sk-another")).as("%d", status).isTrue();
        }
    }

    @EachSubject
    void aRefusedKeySaysWhereItComesFrom(String subject) {
        stub.answerAll(status(401).withBody("{\"error\": {\"message\": \"no\", \"code\": \"invalid_api_key\"}}"));

        assertThat(failure(() -> subjects.of(subject).batches().retrieveBatch("batch_1")).getMessage())
                .containsPattern("invalid_api_key, after .*: no\\. The key of (a built client|client \\S+) comes from \\S+");
    }

    @EachSubject
    void errorsOfAnyContentType(String subject) {
        for (ResponseDefinitionBuilder answer : List.of(
                status(400).withHeader("Content-Type", "text/html").withBody("<html>bad gateway</html>"),
                status(400).withHeader("Content-Type", "application/octet-stream").withBody(new byte[] { -1, 0, 7 }),
                status(400).withHeader("Content-Type", "not a type").withBody("{\"error\":\"a string\"}"),
                status(400).withBody("no type"), status(400), status(302).withHeader("Location", "ftp://elsewhere/"),
                status(304))) {
            stub = new Stub(port);
            stub.answerAll(answer);
            Subject client = subjects.of(subject);
            for (Runnable call : List.<Runnable> of(() -> client.batches().retrieveBatch("b"),
                    () -> client.files().fileContent("f"), () -> client.files().listFiles(null, null, null))) {
                assertThat(failure(call).status()).isIn(400, 302, 304);
            }
            assertThat(stub.sent()).hasSize(3);
        }
    }

    @EachSubject
    void resultsHaveTheErrorInsteadOfThrowingIt(String subject) {
        stub.answerAll(status(403).withHeader("X-A", "b").withBody("{\"error\":{\"code\":\"no_access\"}}"));
        Subject client = subjects.of(subject);

        for (ApiResult<?> result : List.of(client.batches().withResponse().retrieveBatch("b"),
                client.batches().withResponse().cancelBatch("b"),
                client.batches().withResponse().listBatches(null, null), client.files().withResponse().fileContent("f"),
                client.files().withResponse().deleteFile("f"), client.files().withResponse().retrieveFile("f"),
                client.files().withResponse().listFiles(null, null, null))) {
            assertThat(result).isInstanceOf(ApiResult.Failed.class);
            assertThat(result.status()).isEqualTo(403);
            assertThat(result.header("x-a")).contains("b");
            BatchApiException error = failure(result::orElseThrow);
            assertThat(error.error().orElseThrow().code()).isEqualTo("no_access");
        }
    }

    @EachSubject
    void whatIsNoAnswerIsAnError(String subject) {
        for (String body : List.of("<html>", "", "{}", "null", "[]", "{\"error\":{\"message\":\"busy\"}}")) {
            stub = new Stub(port);
            stub.answerAll(body);

            BatchApiException error = failure(() -> subjects.of(subject).with(ONCE).batches().retrieveBatch("b"));

            assertThat(error).as(body).hasMessageContaining("status 200 and no readable Batch");
            assertThat(error.status()).isEqualTo(200);
        }
    }

    @EachSubject
    void everyFormOfRetryAfterIsObeyedWithinBounds(String subject) {
        stub.answers(
                status(429).withHeader("retry-after-ms", "100").withHeader("Retry-After", "3600"),
                status(429).withHeader("Retry-After", "0.1"),
                status(429).withHeader("Retry-After", date(-1)).withHeader("Date", date(0)),
                status(429).withHeader("Retry-After", date(2)).withHeader("Date", date(0)),
                status(503).withHeader("Retry-After", "259200"),
                status(429).withHeader("Retry-After", "-5"),
                status(429).withHeader("Retry-After", "soon"),
                okJson(BATCH));
        long start = System.nanoTime();

        ApiResult<?> result = subjects.of(subject).with(CallOptions.of().withRetry(PATIENT)).batches()
                .withResponse().retrieveBatch("batch_1");

        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertThat(result.status()).isEqualTo(200);
        assertThat(stub.sent()).hasSize(8);
        assertThat(elapsed).isBetween(Duration.ofMillis(100 + 100 + 150 + 150), Duration.ofSeconds(60));
    }

    @EachSubject
    void theServersWordComesBeforeTheStatus(String subject) {
        Subject client = subjects.of(subject);
        stub.answers(status(400).withHeader("x-should-retry", "true"), okJson(BATCH));
        assertThat(client.batches().retrieveBatch("batch_1").id()).isEqualTo("batch_1");

        stub = new Stub(port);
        stub.answers(status(503).withHeader("x-should-retry", "false"), okJson(BATCH));
        assertThat(failure(() -> client.batches().retrieveBatch("batch_1")).status()).isEqualTo(503);
        assertThat(stub.sent()).hasSize(1);
    }

    @EachSubject
    void theUsualStatusesAreRetriedAndNoOthers(String subject) {
        for (int status : List.of(408, 409, 429, 500, 502, 599)) {
            stub = new Stub(port);
            stub.answers(status(status), status(status), okJson(BATCH));
            assertThat(subjects.of(subject).batches().retrieveBatch("batch_1").id()).as("" + status).isEqualTo("batch_1");
        }
        for (int status : List.of(400, 401, 403, 404, 418, 422)) {
            stub = new Stub(port);
            stub.answerAll(status(status));
            assertThat(failure(() -> subjects.of(subject).batches().retrieveBatch("b")).attempts()).isEqualTo(1);
        }
    }

    @EachSubject
    void whenAllIsTriedTheErrorTellsHowOftenAndHowLong(String subject) {
        stub.answerAll(status(500));

        BatchApiException error = failure(() -> subjects.of(subject).files().retrieveFile("f"));

        assertThat(error.attempts()).isEqualTo(3);
        assertThat(error.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(error).hasMessageContaining("after 3 attempts in " + error.elapsed().toMillis() + " ms");
        assertThat(stub.sent()).hasSize(3);
    }

    @EachSubject
    void anUploadIsRetriedFromTheStartOfTheFile(String subject) {
        String text = "line\n".repeat(60_000);
        stub.answers(status(429), status(429), okJson("{\"id\":\"file-1\"}"));

        FileObject file = subjects.of(subject).files().uploadFile(TempFile.of("lines.jsonl", text));

        assertThat(file.id()).isEqualTo("file-1");
        assertThat(stub.sent()).hasSize(3)
                .allSatisfy(request -> assertThat(Multipart.of(request).get("file").body()).isEqualTo(text));
    }

    @EachSubject
    void optionsOfACallAreItsOwn(String subject) {
        stub.answerAll(BATCH);
        Subject client = subjects.of(subject);

        client.with(CallOptions.of().withHeader("X-Run", "7").withHeader("x-client", "8").withQuery("scope", "c")
                .withQuery("new", "ä&"))
                .with(CallOptions.of().withHeader("X-RUN", "9")).batches().retrieveBatch("batch_1");
        client.with(CallOptions.of().withHeader("authorization", "Basic other")).batches().retrieveBatch("batch_1");
        client.batches().retrieveBatch("batch_1");

        List<LoggedRequest> sent = stub.sent();
        assertThat(sent.get(0).getUrl()).isEqualTo("/v1/batches/batch_1?scope=c&new=%C3%A4%26");
        assertThat(sent.get(0).header("X-Run").values()).containsExactly("9");
        assertThat(sent.get(0).header("X-Client").values()).containsExactly("8");
        assertThat(sent.get(1).header("Authorization").values()).containsExactly("Basic other");
        assertThat(sent.get(2).header("X-Client").values()).containsExactly("7");
        assertThat(sent.get(2).header("X-Run").isPresent()).isFalse();
        assertThat(sent.get(2).getUrl()).isEqualTo("/v1/batches/batch_1?scope=a%20b");
    }

    @EachSubject
    void theViewWithResponsesKeepsTheOptions(String subject) {
        stub.answerAll(BATCH);
        Subject client = subjects.of(subject).with(CallOptions.of().withHeader("X-Run", "7"));

        assertThat(client.batches().withResponse().retrieveBatch("batch_1").status()).isEqualTo(200);
        assertThat(client.files().withResponse().retrieveFile("file_1").status()).isEqualTo(200);

        assertThat(stub.sent()).extracting(request -> request.getHeader("X-Run")).containsExactly("7", "7");
    }

    @EachSubject
    void whatIsNotSentIsThrownByTheViewToo(String subject) {
        Subject client = subjects.of(subject);

        assertThatIllegalArgumentException().isThrownBy(() -> client.batches().withResponse().retrieveBatch(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> client.files().withResponse().fileContent(".."));
        assertThat(stub.sent()).isEmpty();
    }

    @EachSubject
    void retriesOfACallAreItsOwn(String subject) {
        stub.answerAll(status(500));
        Subject client = subjects.of(subject);

        assertThat(failure(() -> client.with(ONCE).batches().retrieveBatch("b")).attempts()).isEqualTo(1);
        assertThat(failure(() -> client.with(CallOptions.of().withRetry(Subjects.RETRY.withMaxRetries(4))).batches()
                .retrieveBatch("b")).attempts()).isEqualTo(5);
        assertThat(failure(() -> client.with(CallOptions.of().withRetry(Subjects.RETRY.withStatusCodes(List.of("429"))))
                .batches().retrieveBatch("b")).attempts()).isEqualTo(1);
    }

    @Test
    void theLastWaitIsShortenedToTheTimeThatIsLeft() {
        stub.answerAll(status(503).withHeader("Retry-After", "50"));
        RetryOptions short3 = RetryOptions.backoff().withMaxRetries(5).withMaxElapsedTime(Duration.ofSeconds(3));
        subjects.atOnce(subject -> {
            BatchApiException error = failure(
                    () -> subject.with(CallOptions.of().withRetry(short3)).batches().retrieveBatch("b"));

            assertThat(error.status()).isEqualTo(503);
            assertThat(error.attempts()).isEqualTo(2);
            assertThat(error.elapsed()).isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(20));
        });
    }

    private static String date(int secondsFromNow) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(secondsFromNow));
    }

    private static BatchApiException failure(Runnable call) {
        return catchThrowableOfType(BatchApiException.class, call::run);
    }
}
