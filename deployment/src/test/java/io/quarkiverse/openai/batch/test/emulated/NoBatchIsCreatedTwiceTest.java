package io.quarkiverse.openai.batch.test.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkus.test.QuarkusUnitTest;

/** The answer to a create is lost two hundred times, in all the ways that there are, among 500 batches of others. */
class NoBatchIsCreatedTwiceTest {

    private static final int ROUNDS_A_LOSS = 10;
    private static final Duration SETTLE = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofMillis(30);
    private static final Duration LATE = Duration.ofHours(1);

    private static final String LINE = """
            {"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hello"}]}}
            """;

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");

    /** How an answer is lost, and what must come of it. */
    private enum Loss {
        EFFECT_FIRST(Expected.FOUND),
        SERVER_ERROR_WITH_EFFECT(Expected.FOUND),
        EFFECT_SOON(Expected.FOUND_OR_OPEN),
        LISTED_SOON(Expected.FOUND_OR_OPEN),
        EFFECT_LATE(Expected.OPEN_AND_FOUND_LATER),
        LISTED_LATE(Expected.OPEN_AND_FOUND_LATER),
        NO_EFFECT(Expected.OPEN_FOR_EVER);

        private final Expected expected;

        Loss(Expected expected) {
            this.expected = expected;
        }

        RequestFault fault() {
            RequestFault fault = RequestFault.on(Operation.CREATE_BATCH);
            return switch (this) {
                case EFFECT_FIRST, LISTED_SOON, LISTED_LATE -> fault.reset().withEffect();
                case SERVER_ERROR_WITH_EFFECT -> fault.status(503).header("x-should-retry", "true").withEffect();
                case EFFECT_SOON -> fault.reset().effectAfterRealTime(SOON);
                case EFFECT_LATE -> fault.reset().effectAfter(LATE);
                case NO_EFFECT -> fault.reset();
            };
        }
    }

    private enum Expected {
        FOUND,
        FOUND_OR_OPEN,
        OPEN_AND_FOUND_LATER,
        OPEN_FOR_EVER
    }

    @Test
    void itIsAdoptedOrReportedAsOpen() throws Exception {
        Path input = Files.writeString(Files.createTempFile("input", ".jsonl"), LINE);
        List<Loss> losses = new ArrayList<>();
        IntStream.range(0, ROUNDS_A_LOSS).forEach(round -> losses.addAll(List.of(Loss.values())));
        Collections.shuffle(losses, new Random(1));
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(1).build());
                OpenAiBatch client = OpenAiBatch.builder().baseUrl(emulator.baseUrl().toString()).apiKey("sk-test")
                        .submissionSettle(SETTLE).build()) {
            emulator.addForeignBatches(ForeignBatches.over(Duration.ofHours(2), 500));
            for (Loss loss : losses) {
                String file = client.files().uploadFile(input).id();
                lose(emulator, loss, client.batches(), file);
            }
        }
    }

    private static void lose(Emulator emulator, Loss loss, BatchService batches, String file) {
        if (loss == Loss.LISTED_SOON || loss == Loss.LISTED_LATE) {
            emulator.faults().add(new BatchFault().listingLag(loss == Loss.LISTED_SOON ? SOON : LATE));
        }
        emulator.faults().add(loss.fault());
        ApiResult<Batch> result = batches.withResponse().createBatch(CreateBatchRequest.of(file, Endpoint.CHAT_COMPLETIONS));
        check(emulator, loss, batches, file, result);
        emulator.faults().clear();
    }

    private static void check(Emulator emulator, Loss loss, BatchService batches, String file, ApiResult<Batch> result) {
        if (result instanceof ApiResult.Ok<Batch> found) {
            assertThat(loss.expected).as("%s", loss).isIn(Expected.FOUND, Expected.FOUND_OR_OPEN);
            assertThat(ids(emulator, file)).containsExactly(found.value().id());
            return;
        }
        assertThat(loss.expected).as("%s: %s", loss, result).isNotEqualTo(Expected.FOUND);
        assertThat(result).isInstanceOfSatisfying(ApiResult.Failed.class, failed -> assertThat(failed.error())
                .isInstanceOf(UnknownOutcomeException.class));
        UnknownOutcomeException open = (UnknownOutcomeException) ((ApiResult.Failed<Batch>) result).error();
        assertThat(open.attempts()).isEqualTo(1);
        emulator.clock().advance(LATE);
        List<String> afterwards = ids(emulator, file);
        assertThat(afterwards).as("%s", loss).hasSizeLessThanOrEqualTo(1);
        if (loss.expected == Expected.OPEN_FOR_EVER) {
            assertThat(batches.findSubmission(open.submissionId().orElseThrow())).isEmpty();
        } else if (loss.expected == Expected.OPEN_AND_FOUND_LATER) {
            assertThat(batches.findSubmission(open.submissionId().orElseThrow())).map(Batch::id).get()
                    .isEqualTo(afterwards.get(0));
        }
    }

    private static List<String> ids(Emulator emulator, String file) {
        return emulator.batches().stream().filter(batch -> file.equals(batch.path("input_file_id").asText()))
                .map(batch -> batch.path("id")).map(JsonNode::asText).toList();
    }
}
