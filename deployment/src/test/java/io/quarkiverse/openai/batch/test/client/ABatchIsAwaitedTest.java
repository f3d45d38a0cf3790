package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchTimeoutException;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.SecretTexts;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@QuarkusTestResource(WireMockResource.class)
class ABatchIsAwaitedTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ResponseDefinitionBuilder RESET = status(200).withFault(Fault.CONNECTION_RESET_BY_PEER);

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.at("${wiremock.url}/v1");

    @Inject
    Subjects subjects;

    @Inject
    ReactiveBatchService reactive;

    @ConfigProperty(name = "wiremock.port")
    int port;

    private Stub stub;

    @BeforeEach
    void reset() {
        stub = new Stub(port);
    }

    @EachSubject
    void itIsLookedAtUntilItHasEnded(String subject) {
        stub.answers(batch("validating"), batch("in_progress"), batch("unheard_of"), batch("finalizing"), batch("completed"));

        Batch batch = subjects.of(subject).batches().awaitBatch("b", LONG);

        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(stub.sent()).hasSize(5).allSatisfy(
                request -> assertThat(request.getUrl()).isEqualTo("/v1/batches/b?scope=a%20b"));
    }

    @EachSubject
    void everyEndIsReturned(String subject) {
        for (String end : List.of("completed", "failed", "expired", "cancelled")) {
            stub = new Stub(port);
            stub.answerAll(batch(end));

            assertThat(subjects.of(subject).batches().awaitBatch("b", LONG).status()).isEqualTo(BatchStatus.of(end));
            assertThat(stub.sent()).hasSize(1);
        }
    }

    /** Each look is tried three times. */
    @EachSubject
    void transientErrorsDoNotEndTheWaiting(String subject) {
        stub.answers(status(500), status(502), status(503), RESET, RESET, RESET, status(429), status(429), status(429),
                okJson("<html>"), okJson(""), okJson("{}"), status(425), batch("in_progress"), status(404), status(404),
                batch("in_progress"), status(404), status(404), batch("completed"));

        assertThat(subjects.of(subject).batches().awaitBatch("b", LONG).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(stub.sent()).hasSize(20);
    }

    @EachSubject
    void whatDoesNotPassEndsTheWaiting(String subject) {
        for (ResponseDefinitionBuilder answer : List.of(status(400), status(401), status(403),
                status(429).withHeader("x-should-retry", "false").withBody("{\"error\":{\"code\":\"insufficient_quota\"}}"))) {
            stub = new Stub(port);
            stub.answers(batch("in_progress"), answer);

            assertThat(failure(subject).attempts()).isEqualTo(1);
            assertThat(stub.sent()).hasSize(2);
        }
        stub = new Stub(port);
        stub.answerAll(status(404));
        assertThat(failure(subject).isNotFound()).isTrue();
        assertThat(stub.sent()).hasSize(3);
    }

    @EachSubject
    void theTimeIsBounded(String subject) {
        stub.answerAll(batch("in_progress"));
        BatchTimeoutException running = timeout(subject, Duration.ofMillis(300));
        assertThat(running).hasMessage("Batch b has not ended within PT0.3S: its status is in_progress").hasNoCause();
        assertThat(running.batch()).map(Batch::status).contains(BatchStatus.IN_PROGRESS);

        stub = new Stub(port);
        stub.answerAll(status(500).withBody(SecretTexts.BODY));
        BatchTimeoutException unseen = timeout(subject, Duration.ofMillis(800));
        assertThat(unseen).hasMessageEndingWith("no look at it succeeded").hasCauseInstanceOf(BatchApiException.class);
        assertThat(unseen.batch()).isEmpty();
        assertThat(SecretTexts.isIn(unseen)).isFalse();
    }

    @EachSubject
    void anUnansweredLookDoesNotOutlastTheTime(String subject) {
        stub.answerAll(batch("completed").withFixedDelay(60_000));

        assertThat(timeout(subject, Duration.ofMillis(200)).batch()).isEmpty();
    }

    @EachSubject
    void theProviderMayAskForALongerPause(String subject) {
        stub.answers(batch("in_progress").withHeader("retry-after-ms", "400"), batch("completed"));
        long start = System.nanoTime();

        subjects.of(subject).batches().awaitBatch("b", LONG);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @EachSubject
    void argumentsAreChecked(String subject) {
        for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> subjects.of(subject).batches().awaitBatch("b", time));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> subjects.of(subject).batches().awaitBatch(" ", LONG));
        assertThat(stub.sent()).isEmpty();
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        stub.answerAll(batch("in_progress"));
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        try (OpenAiBatch client = OpenAiBatch.builder().baseUrl("http://localhost:" + port + "/v1")
                .pollInterval(Duration.ofHours(1), Duration.ofHours(1)).build()) {
            Thread waiting = new Thread(() -> end.complete(
                    catchThrowable(() -> client.batches().awaitBatch("b", Duration.ofSeconds(Long.MAX_VALUE)))));
            waiting.start();
            Awaitility.await("first look").until(() -> stub.sent().size() == 1);

            waiting.interrupt();

            assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void cancellingEndsTheLooks() {
        stub.answerAll(batch("in_progress"));
        UniAssertSubscriber<Batch> waiting = reactive.awaitBatch("b", LONG).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        Awaitility.await("a few looks").until(() -> looks() > 2);

        waiting.cancel();

        long looks = looks();
        for (int i = 0; i < 30; i++) {
            reactive.retrieveBatch("other").await().indefinitely();
        }
        assertThat(looks()).isLessThanOrEqualTo(looks + 1);
        waiting.assertNotTerminated();
    }

    private long looks() {
        return stub.sent().stream().filter(request -> request.getUrl().startsWith("/v1/batches/b?")).count();
    }

    private BatchApiException failure(String subject) {
        return catchThrowableOfType(BatchApiException.class, () -> subjects.of(subject).batches().awaitBatch("b", LONG));
    }

    private BatchTimeoutException timeout(String subject, Duration atMost) {
        return catchThrowableOfType(BatchTimeoutException.class,
                () -> subjects.of(subject).batches().awaitBatch("b", atMost));
    }

    private static ResponseDefinitionBuilder batch(String status) {
        return okJson("{\"id\":\"b\",\"status\":\"" + status + "\"}");
    }
}
