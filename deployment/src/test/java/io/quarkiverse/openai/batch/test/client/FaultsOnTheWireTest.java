package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.EachSubject;
import io.quarkiverse.openai.batch.test.client.support.FaultyRun;
import io.quarkiverse.openai.batch.test.client.support.FaultyServerResource;
import io.quarkiverse.openai.batch.test.client.support.SecretTexts;
import io.quarkiverse.openai.batch.test.client.support.Subject;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(FaultyServerResource.class)
class FaultsOnTheWireTest {

    private static final Duration LONG_ENOUGH_FOR_A_COLD_START = Duration.ofSeconds(2);
    private static final List<String> WITHOUT_ANSWER = List.of("reset", "reset-before-body", "empty", "garbage", "huge-header",
            "truncate", "truncate-chunked");

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.at("${faulty.url}/v1");

    @Inject
    Subjects subjects;

    @ConfigProperty(name = "faulty.url")
    String url;

    private FaultyRun run;

    @BeforeEach
    void newRun() {
        run = FaultyRun.at(url);
    }

    @EachSubject
    void anAttemptThatIsNotAnsweredIsFollowedByAnother(String subject) {
        for (String fault : WITHOUT_ANSWER) {
            newRun();
            assertThat(subjects.of(subject).with(run.once(fault)).batches().retrieveBatch("b").id()).isEqualTo("batch-1");
            assertThat(run.requests()).as(fault).isEqualTo(2);
        }
    }

    @EachSubject
    void whenNoAttemptIsAnsweredTheErrorSaysSo(String subject) {
        for (String fault : WITHOUT_ANSWER) {
            newRun();
            BatchApiException error = failure(
                    () -> subjects.of(subject).with(run.always(fault)).batches().retrieveBatch("b"));
            assertThat(error.status()).as(fault).isIn(0, 200);
            assertThat(error.attempts()).as(fault).isEqualTo(3);
            assertThat(SecretTexts.isIn(error)).isFalse();
            assertThat(run.requests()).isEqualTo(3);
        }
    }

    @EachSubject
    void withoutConnectionErrorsThereIsNoOtherAttempt(String subject) {
        CallOptions options = run.always("reset").withRetry(Subjects.RETRY.withConnectionErrors(false));

        assertThat(failure(() -> subjects.of(subject).with(options).batches().retrieveBatch("b")).attempts()).isEqualTo(1);
    }

    @Test
    void anUnansweredCreateIsNeverSentAgain() {
        subjects.atOnce(subject -> {
            for (String fault : WITHOUT_ANSWER) {
                FaultyRun its = FaultyRun.at(url);
                assertThatThrownBy(() -> subject.with(its.once(fault)).batches()
                        .createBatch(CreateBatchRequest.of("f", Endpoint.RESPONSES)))
                        .as(fault).isInstanceOf(UnknownOutcomeException.class);
            }
        });
    }

    @EachSubject
    void anUnansweredUploadIsSentAgain(String subject) {
        Path file = TempFile.of("lines.jsonl", "x".repeat(300_000));
        for (String fault : List.of("reset", "reset-before-body", "empty", "garbage")) {
            newRun();
            assertThat(subjects.of(subject).with(run.once(fault)).files().uploadFile(file).id()).isEqualTo("file-1");
            assertThat(run.requests()).as("upload, listing, upload").isEqualTo(3);
        }
    }

    @EachSubject
    void aSlowAnswerIsAnAnswer(String subject) {
        assertThat(subjects.of(subject).with(run.always("slow")).batches().retrieveBatch("b").status())
                .isEqualTo(BatchStatus.COMPLETED);
    }

    @EachSubject
    void noContentIsNoBatchButAnEmptyFile(String subject) throws Exception {
        Subject client = subjects.of(subject).with(run.always("no-content").withRetry(RetryOptions.none()));

        assertThat(failure(() -> client.batches().retrieveBatch("b"))).hasMessageContaining("no readable Batch");
        try (InputStream content = client.files().fileContent("f")) {
            assertThat(content.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "hold", "stall", "stall-error" })
    void aTimeOutResetsTheRequest(String fault) {
        subjects.atOnce(subject -> {
            FaultyRun its = FaultyRun.at(url);
            BatchApiException error = failure(() -> subject.with(its.always(fault).withRetry(RetryOptions.none())
                    .withTimeout(LONG_ENOUGH_FOR_A_COLD_START)).batches().retrieveBatch("b"));

            assertThat(error).hasMessageContaining("no answer within 2000 ms");
            assertThat(error.elapsed()).isGreaterThanOrEqualTo(LONG_ENOUGH_FOR_A_COLD_START);
            assertThat(its.isReset()).isTrue();
        });
    }

    @Test
    void aTimeOutResetsAnUploadThatIsStillBeingSent() {
        Path file = TempFile.of("lines.jsonl", "x".repeat(50_000_000));
        subjects.atOnce(subject -> {
            FaultyRun its = FaultyRun.at(url);
            assertThat(failure(() -> subject.with(its.always("slow-before-body").withRetry(RetryOptions.none())
                    .withTimeout(LONG_ENOUGH_FOR_A_COLD_START)).files().uploadFile(file)))
                    .hasMessageContaining("no answer within");
            assertThat(its.isReset()).isTrue();
        });
    }

    @Test
    void aDownloadThatStallsIsCut() {
        subjects.atOnce(subject -> {
            FaultyRun its = FaultyRun.at(url);
            Subject client = subject.with(its.always("stall").withTimeout(LONG_ENOUGH_FOR_A_COLD_START));
            try (InputStream content = client.files().fileContent("f")) {
                assertThat(new String(content.readNBytes(18))).isEqualTo("{\"custom_id\":\"a\"}\n");
                assertThatThrownBy(content::read).isInstanceOf(IOException.class).hasMessageContaining("stalled for PT2S");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(its.isReset()).isTrue();
        });
    }

    @EachSubject
    void aDownloadThatIsCutOffIsAnError(String subject) throws Exception {
        for (String fault : List.of("truncate", "truncate-chunked")) {
            try (InputStream content = subjects.of(subject).with(run.always(fault)).files().fileContent("f")) {
                assertThatThrownBy(content::readAllBytes).as(fault).isInstanceOf(IOException.class);
            }
        }
    }

    @EachSubject
    void closingADownloadEarlyResetsIt(String subject) throws Exception {
        InputStream content = subjects.of(subject).with(run.always("endless")).files().fileContent("f");
        assertThat(content.readNBytes(100_000)).hasSize(100_000);

        content.close();

        assertThat(run.isReset()).isTrue();
        assertThatThrownBy(content::read).isInstanceOf(IOException.class);
    }

    @EachSubject
    void anEndlessAnswerIsNotReadIntoMemory(String subject) {
        BatchApiException error = failure(() -> subjects.of(subject).with(run.always("endless").withRetry(RetryOptions.none()))
                .batches().retrieveBatch("b"));

        assertThat(error).hasMessageContaining("no readable Batch");
        assertThat(run.isReset()).isTrue();
    }

    @EachSubject
    void anEndlessErrorIsNotReadIntoMemory(String subject) {
        BatchApiException error = failure(
                () -> subjects.of(subject).with(run.always("endless-error")).files().fileContent("f"));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.bodyStart()).hasSize(2_000);
        assertThat(run.isReset()).isTrue();
    }

    @EachSubject
    void anEndlessErrorOfACallKeepsItsStatus(String subject) {
        BatchApiException error = failure(
                () -> subjects.of(subject).with(run.always("endless-error")).batches().retrieveBatch("b"));

        assertThat(error.status()).isEqualTo(400);
        assertThat(run.isReset()).isTrue();
    }

    private static BatchApiException failure(Runnable call) {
        return catchThrowableOfType(BatchApiException.class, call::run);
    }
}
