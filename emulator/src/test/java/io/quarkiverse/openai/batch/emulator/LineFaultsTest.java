package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Line;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;

class LineFaultsTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void certainLinesFailWithAnHttpErrorInsideTheResponse() {
        JsonNode batch = run(LineFault.failing(Set.of("line-2"), 429, "rate_limit_exceeded"));
        assertThat(output(batch)).hasSize(9);
        JsonNode line = client.results(batch.get("error_file_id").asText()).get("line-2");
        assertThat(line.get("error").isNull()).isTrue();
        assertThat(line.at("/response/status_code").asInt()).isEqualTo(429);
        assertThat(line.at("/response/body/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(batch.at("/request_counts/failed").asInt()).isEqualTo(1);
        assertThat(ledgerLine("line-2")).extracting(Line::paid, Line::unpaid).containsExactly(0, 1);
    }

    @Test
    void statusZeroHasNeitherBodyNorError() {
        JsonNode batch = run(LineFault.failing(Set.of("line-2"), 0, null));
        JsonNode line = client.results(batch.get("error_file_id").asText()).get("line-2");
        assertThat(line.at("/response/status_code").asInt(-1)).isZero();
        assertThat(line.at("/response/body").isNull()).isTrue();
        assertThat(line.get("error").isNull()).isTrue();
    }

    @Test
    void aVoidLineHasNeitherResponseNorError() {
        JsonNode batch = run(LineFault.of(Kind.VOID, Set.of("line-2")));
        JsonNode line = client.results(batch.get("error_file_id").asText()).get("line-2");
        assertThat(line.get("response").isNull()).isTrue();
        assertThat(line.get("error").isNull()).isTrue();
    }

    @Test
    void whenAllLinesFailThereIsNoOutputFile() {
        JsonNode batch = run(LineFault.failing(1, 500, null));
        assertThat(batch.get("status").asText()).isEqualTo("completed");
        assertThat(batch.get("output_file_id").isNull()).isTrue();
        assertThat(client.contentLines(batch.get("error_file_id").asText())).hasSize(10);
    }

    @Test
    void missingLinesArePaidAndInNoFile() {
        JsonNode batch = run(LineFault.of(Kind.MISSING, Set.of("line-2")));
        assertThat(output(batch)).hasSize(9).noneMatch(line -> line.contains("\"line-2\""));
        assertThat(batch.get("error_file_id").isNull()).isTrue();
        assertThat(ledgerLine("line-2")).extracting(Line::paid, Line::undelivered).containsExactly(1, 1);
    }

    @Test
    void doubledLinesAreTwiceInTheOutput() {
        JsonNode batch = run(LineFault.of(Kind.DOUBLED, Set.of("line-2")));
        assertThat(output(batch)).hasSize(11).filteredOn(line -> line.contains("\"line-2\"")).hasSize(2);
        assertThat(ledgerLine("line-2").paid()).isEqualTo(1);
    }

    @Test
    void contradictedLinesAreInBothFiles() {
        JsonNode batch = run(LineFault.of(Kind.CONTRADICTED, Set.of("line-2")));
        assertThat(output(batch)).hasSize(10);
        assertThat(client.results(batch.get("error_file_id").asText())).containsOnlyKeys("line-2");
    }

    @Test
    void foreignLinesWereAskedForByNobody() {
        JsonNode batch = run(LineFault.of(Kind.FOREIGN, Set.of("line-2")));
        assertThat(output(batch)).hasSize(11).filteredOn(line -> line.contains("\"foreign-")).hasSize(1);
    }

    @Test
    void malformedLinesAreNoJson() {
        JsonNode batch = run(LineFault.of(Kind.MALFORMED, Set.of("line-2")));
        List<String> lines = output(batch);
        assertThat(lines).hasSize(10).filteredOn(line -> !line.endsWith("}")).hasSize(1);
        assertThat(ledgerLine("line-2").undelivered()).isEqualTo(1);
    }

    @Test
    void theFirstAnswersOfALineAreOfNoSchema() {
        emulator.faults().add(new BatchFault().lines(LineFault.invalid(Set.of("line-2"), 2)).always());
        List<String> texts = Stream.generate(() -> {
            String id = client.createChatBatch(Client.chatLines(3));
            emulator.clock().advance(Emulators.LONG_ENOUGH);
            JsonNode line = client.results(client.batch(id).get("output_file_id").asText()).get("line-2");
            return line.at("/response/body/choices/0/message/content").asText();
        }).limit(3).toList();
        assertThat(texts.subList(0, 2)).containsOnly("I cannot say.");
        assertThat(texts.get(2)).isNotEqualTo("I cannot say.");
        assertThat(ledgerLine("line-2").paid()).isEqualTo(3);
    }

    @Test
    void aShareHitsOtherLinesInEachBatch() {
        emulator.faults().add(new BatchFault().lines(LineFault.of(Kind.MISSING, 0.3)).always());
        String first = client.createChatBatch(Client.chatLines(400));
        String second = client.createChatBatch(Client.chatLines(400));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        List<String> of = output(client.batch(first));
        assertThat(of).hasSizeBetween(200, 360);
        assertThat(customIds(first)).isNotEqualTo(customIds(second));
    }

    @Test
    void kindsCanBeMixed() {
        emulator.faults().add(new BatchFault().lines(LineFault.of(Kind.MISSING, Set.of("line-1")))
                .lines(LineFault.failing(1, 500, null)));
        String id = client.createChatBatch(Client.chatLines(3));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.results(client.batch(id).get("error_file_id").asText())).containsOnlyKeys("line-2", "line-3");
    }

    private JsonNode run(LineFault fault) {
        emulator.faults().add(new BatchFault().lines(fault));
        String id = client.createChatBatch(Client.chatLines(10));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        return client.batch(id);
    }

    private List<String> output(JsonNode batch) {
        return client.get("/files/" + batch.get("output_file_id").asText() + "/content").body().lines().toList();
    }

    private List<String> customIds(String batch) {
        return client.contentLines(client.batch(batch).get("output_file_id").asText()).stream()
                .map(line -> line.get("custom_id").asText()).toList();
    }

    private Line ledgerLine(String customId) {
        return emulator.ledger().lines(customId).get(0);
    }
}
