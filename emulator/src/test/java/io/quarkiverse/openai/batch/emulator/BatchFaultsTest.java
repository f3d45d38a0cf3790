package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Counts;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;

class BatchFaultsTest {

    private static final long START = Emulators.START.getEpochSecond();

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void theListingCanLag() {
        String id = create(new BatchFault().listingLag(Duration.ofSeconds(30)));
        String prompt = client.createChatBatch(Client.chatLines(1));
        assertThat(listed()).containsExactly(prompt);
        assertThat(client.batch(id).get("status").asText()).isEqualTo("validating");
        emulator.clock().advance(Duration.ofSeconds(30));
        assertThat(listed()).containsExactly(prompt, id);
    }

    @Test
    void aBatchCanBeUnknownForAWhile() {
        String id = create(new BatchFault().retrievalLag(Duration.ofSeconds(10)));
        assertThat(client.get("/batches/" + id).statusCode()).isEqualTo(404);
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(404);
        assertThat(listed()).containsExactly(id);
        emulator.clock().advance(Duration.ofSeconds(10));
        assertThat(client.get("/batches/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void validationCanFailWithAnyCode() {
        String id = create(new BatchFault().failure(new BatchFailure("model_not_found", "No such model.", "body.model", 3)));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("failed");
        assertThat(batch.at("/errors/data/0").toString()).isEqualTo(
                "{\"code\":\"model_not_found\",\"message\":\"No such model.\",\"param\":\"body.model\",\"line\":3}");
    }

    @Test
    void aBatchCanExpireEarlyAfterAShareOfItsLines() {
        String id = create(new BatchFault().stopAfter(0.4, Stop.EXPIRE));
        emulator.clock().advance(Duration.ofMinutes(1));
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("expired");
        assertThat(batch.get("expired_at").asLong()).isLessThan(START + 60);
        assertThat(client.results(batch.get("output_file_id").asText())).hasSize(4);
        assertThat(client.results(batch.get("error_file_id").asText())).hasSize(6)
                .allSatisfy((customId, line) -> assertThat(line.at("/error/code").asText()).isEqualTo("batch_expired"));
        assertThat(emulator.ledger().summary().paid()).isEqualTo(4);
    }

    @Test
    void aBatchCanStallUntilItExpires() {
        String id = create(new BatchFault().stopAfter(1, Stop.STALL));
        emulator.clock().advance(Duration.ofHours(23));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("in_progress");
        assertThat(client.batch(id).at("/request_counts/completed").asInt()).isEqualTo(10);
        emulator.clock().advance(Duration.ofHours(2));
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("expired");
        assertThat(batch.get("expired_at").asLong()).isEqualTo(START + 86_400);
        assertThat(client.results(batch.get("output_file_id").asText())).hasSize(10);
        assertThat(batch.get("error_file_id").isNull()).isTrue();
    }

    @Test
    void aBatchCanHangForEverAndThenBeCancelled() {
        String id = create(new BatchFault().stopAfter(0.5, Stop.HANG));
        emulator.clock().advance(Duration.ofDays(3));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("in_progress");
        client.post("/batches/" + id + "/cancel", "");
        emulator.clock().advance(Duration.ofSeconds(5));
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("cancelled");
        assertThat(client.results(batch.get("output_file_id").asText())).hasSize(5);
    }

    @Test
    void fileIdsCanBeThereBeforeTheEnd() {
        String id = create(new BatchFault().earlyFileIds());
        emulator.clock().advance(Duration.ofMillis(5_050));
        JsonNode running = client.batch(id);
        assertThat(running.get("status").asText()).isEqualTo("in_progress");
        String output = running.get("output_file_id").asText();
        assertThat(client.results(output)).hasSize(5);
        long bytes = bytes(output);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.batch(id).get("output_file_id").asText()).isEqualTo(output);
        assertThat(client.results(output)).hasSize(10);
        assertThat(bytes(output)).isGreaterThan(bytes);
    }

    @Test
    void fileIdsCanComeLateAndAbsentOnesCanBeBlank() {
        String id = create(new BatchFault().fileIdsLag(Duration.ofMinutes(5)).blankFileIds());
        assertThat(client.batch(id).get("output_file_id").asText("null")).isEmpty();
        emulator.clock().advance(Duration.ofMinutes(1));
        JsonNode completed = client.batch(id);
        assertThat(completed.get("status").asText()).isEqualTo("completed");
        assertThat(completed.get("output_file_id").asText("null")).isEmpty();
        emulator.clock().advance(Duration.ofMinutes(5));
        assertThat(client.batch(id).get("output_file_id").asText()).startsWith("file-");
        assertThat(client.batch(id).get("error_file_id").asText("null")).isEmpty();
    }

    @Test
    void filesWithoutLinesCanExist() {
        String id = create(new BatchFault().emptyFiles());
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        String error = client.batch(id).get("error_file_id").asText();
        assertThat(bytes(error)).isZero();
        assertThat(client.get("/files/" + error + "/content").body()).isEmpty();
    }

    @Test
    void theOutputCanBeShuffled() {
        String id = create(new BatchFault().shuffled());
        String ordered = client.createChatBatch(Client.chatLines(10));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        List<String> inOrder = customIds(ordered);
        assertThat(customIds(id)).isNotEqualTo(inOrder).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void countsCanLie() {
        assertThat(countsAfterHalf(Counts.ALL_COMPLETED)).isEqualTo("{\"total\":10,\"completed\":10,\"failed\":0}");
        assertThat(countsAfterHalf(Counts.ALL_FAILED)).isEqualTo("{\"total\":10,\"completed\":0,\"failed\":10}");
        assertThat(countsAfterHalf(Counts.ZERO)).isEqualTo("{\"total\":0,\"completed\":0,\"failed\":0}");
        assertThat(countsAfterHalf(Counts.NULL)).isEqualTo("{\"total\":null,\"completed\":null,\"failed\":null}");
        assertThat(emulator.batches().get(0).at("/request_counts/completed").asInt()).isEqualTo(5);
    }

    private String countsAfterHalf(Counts counts) {
        String id = create(new BatchFault().counts(counts).stopAfter(0.5, Stop.EXPIRE));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        return client.batch(id).get("request_counts").toString();
    }

    @Test
    void statusesCanBeUnknownOrInUpperCase() {
        String id = create(new BatchFault().statusText("in_progress", "progress").upperCaseStatus());
        assertThat(client.batch(id).get("status").asText()).isEqualTo("VALIDATING");
        emulator.clock().advance(Duration.ofSeconds(5));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("PROGRESS");
        assertThat(emulator.batches().get(0).get("status").asText()).isEqualTo("in_progress");
    }

    @Test
    void cancellingAgainCanBeRefused() {
        String id = create(new BatchFault().refuseRepeatedCancel());
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        HttpResponse<String> again = client.post("/batches/" + id + "/cancel", "");
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Client.json(again).at("/error/message").asText()).contains("cancelling");
    }

    @Test
    void unexecutedLinesCanBeInNoFile() {
        String id = create(new BatchFault().omitUnexecuted().stopAfter(0.5, Stop.EXPIRE));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.batch(id).get("error_file_id").isNull()).isTrue();
    }

    @Test
    void aBatchCanFailAfterAShareOfItsLinesWithFilesAndCounts() {
        String id = create(new BatchFault().stopAfter(0.4, Stop.FAIL));
        String partial = create(new BatchFault().stopAfter(0.5, Stop.FAIL).omitUnexecuted()
                .failure(BatchFailure.of("internal", "Sorry.")));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("failed");
        assertThat(batch.get("errors").isNull()).isTrue();
        assertThat(batch.get("failed_at").asLong()).isLessThan(START + 60);
        assertThat(batch.get("request_counts").toString()).isEqualTo("{\"total\":10,\"completed\":4,\"failed\":0}");
        assertThat(client.results(batch.get("output_file_id").asText())).hasSize(4);
        assertThat(client.results(batch.get("error_file_id").asText())).hasSize(6)
                .allSatisfy((customId, line) -> assertThat(line.at("/error/code").asText()).isEqualTo("batch_failed"));
        assertThat(client.batch(partial).at("/errors/data/0/code").asText()).isEqualTo("internal");
        assertThat(client.batch(partial).get("error_file_id").isNull()).isTrue();
        assertThat(emulator.ledger().summary().paid()).isEqualTo(9);
    }

    @Test
    void anyFieldCanBeWrong() {
        String id = create(new BatchFault().field("input_file_id", "file-x").field("expires_at", 0).field("errors", "text")
                .field("metadata", null));
        JsonNode batch = client.batch(id);
        assertThat(batch.get("input_file_id").asText()).isEqualTo("file-x");
        assertThat(batch.get("expires_at").asInt(-1)).isZero();
        assertThat(batch.get("errors").asText()).isEqualTo("text");
        assertThat(batch.get("metadata").isNull()).isTrue();
        assertThat(emulator.batches().get(0).get("input_file_id").asText()).isNotEqualTo("file-x");
    }

    @Test
    void chanceHitsSomeBatches() {
        emulator.faults().add(new BatchFault().failure(BatchFailure.of("unlucky", null)).probability(0.5).always());
        String input = client.upload(Client.chatLines(1));
        for (int count = 0; count < 40; count++) {
            client.createBatch(input, "/v1/chat/completions");
        }
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(emulator.batches()).filteredOn(batch -> batch.get("status").asText().equals("failed"))
                .hasSizeBetween(5, 35);
    }

    private String create(BatchFault fault) {
        emulator.faults().add(fault);
        return client.createChatBatch(Client.chatLines(10));
    }

    private List<String> listed() {
        List<String> ids = new ArrayList<>();
        Client.json(client.get("/batches")).get("data").forEach(batch -> ids.add(batch.get("id").asText()));
        return ids;
    }

    private List<String> customIds(String batch) {
        return client.contentLines(client.batch(batch).get("output_file_id").asText()).stream()
                .map(line -> line.get("custom_id").asText()).toList();
    }

    private long bytes(String file) {
        return Client.json(client.get("/files/" + file)).get("bytes").asLong();
    }
}
