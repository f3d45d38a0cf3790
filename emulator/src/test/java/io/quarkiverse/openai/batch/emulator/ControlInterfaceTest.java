package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

class ControlInterfaceTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void theTokenIsWanted() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("clock"));
        assertThat(client.send(request.copy()).statusCode()).isEqualTo(403);
        assertThat(client.send(request.copy().header("X-Control-Token", "wrong")).statusCode()).isEqualTo(403);
        assertThat(client.send(request.copy().header("X-Control-Token", emulator.controlToken())
                .header("Origin", "https://example.com")).statusCode()).isEqualTo(403);
        assertThat(control("GET", "clock", "").statusCode()).isEqualTo(200);
    }

    @Test
    void beyondLoopbackThereIsNone() {
        try (Emulator open = Emulator.start(EmulatorOptions.builder().host("0.0.0.0").apiKey("sk-test").build())) {
            HttpResponse<String> response = client.send(HttpRequest
                    .newBuilder(URI.create("http://127.0.0.1:" + open.port() + "/control/clock"))
                    .header("X-Control-Token", open.controlToken()).header("Authorization", "Bearer sk-test"));
            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void requestFaultsAreToldListedAndTakenBack() {
        JsonNode added = Client.json(control("POST", "faults", """
                {"operation":"listBatches","status":429,"headers":{"Retry-After":"3"},"body":{"slow":"down"},"times":2,
                "skip":0,"probability":1,"lasting":"PT1H","delay":0.001}"""));
        HttpResponse<String> response = client.get("/batches");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"slow\":\"down\"}");
        assertThat(response.headers().firstValue("retry-after")).contains("3");
        JsonNode state = Client.json(control("GET", "faults", "")).at("/requestFaults/0");
        assertThat(state.get("id")).isEqualTo(added.get("id"));
        assertThat(state.get("happened").asInt()).isEqualTo(1);
        assertThat(state.at("/fault/lasting").asText()).isEqualTo("PT1H");
        assertThat(control("DELETE", "faults/" + added.get("id").asText(), "").statusCode()).isEqualTo(200);
        assertThat(control("DELETE", "faults/" + added.get("id").asText(), "").statusCode()).isEqualTo(404);
        assertThat(client.get("/batches").statusCode()).isEqualTo(200);
    }

    @Test
    void theSpeedChangesForBatchesThatAreCreatedLater() {
        String before = client.createChatBatch(Client.chatLines(3));
        assertThat(Client.json(control("PATCH", "speed", "{\"speed\":1000}")).get("speed").asDouble()).isEqualTo(1_000);
        String after = client.createChatBatch(Client.chatLines(3));
        emulator.clock().advance(Duration.ofSeconds(1));
        assertThat(client.batch(before).get("status").asText()).isEqualTo("validating");
        assertThat(client.batch(after).get("status").asText()).isEqualTo("completed");
        assertThat(control("PATCH", "speed", "{\"speed\":0}").statusCode()).isEqualTo(400);
        assertThat(control("PATCH", "speed", "{}").statusCode()).isEqualTo(400);
        assertThat(Client.json(control("GET", "speed", "")).get("speed").asDouble()).isEqualTo(1_000);
    }

    @Test
    void everyFieldOfAFaultCanBeTold() {
        assertThat(control("POST", "faults", """
                {"operation":"createBatch","id":"x","connection":"reset","effect":"later","effectDelay":"PT5S",
                "effectClock":"system"}""").statusCode()).isEqualTo(200);
        assertThat(control("POST", "faults", """
                {"cut":0.5,"shorten":0.5,"stall":0.1,"stallFor":"PT1S","bytesPerSecond":1000,"effect":"now"}""").statusCode())
                .isEqualTo(200);
        assertThat(control("POST", "faults", "{\"notFound\":true,\"readBody\":false}").statusCode()).isEqualTo(200);
        assertThat(control("POST", "faults", """
                {"operation":"downloadFile","signedUrl":true,"gzip":true,"endless":true,"headers":{"Date":null},
                "fields":{"bytes":7,"status":null}}""").statusCode()).isEqualTo(200);
        assertThat(control("POST", "faults", "{\"status\":403,\"echoKey\":true}").statusCode()).isEqualTo(200);
        assertThat(control("POST", "listing-faults", """
                {"operation":"listBatches","oldestFirst":true,"circling":true,"lag":"PT1M","omit":0.5,"otherInput":1,
                "times":0}""").statusCode()).isEqualTo(200);
        assertThat(control("POST", "listing-faults", "{\"endless\":true}").statusCode()).isEqualTo(200);
        assertThat(control("POST", "batch-faults", """
                {"listingLag":"PT30S","retrievalLag":1.5,"stopAfter":0.5,"stop":"expire","earlyFileIds":true,
                "fileIdsLag":"PT10S","blankFileIds":true,"emptyFiles":true,"shuffled":true,"omitUnexecuted":true,
                "counts":"all_completed","statusTexts":{"in_progress":"RUNNING"},"upperCaseStatus":true,
                "refuseRepeatedCancel":true,"fields":{"errors":["text"]},"failure":{"code":"c","message":"m"},
                "lines":[{"kind":"failing","share":0.1,"status":0},{"kind":"missing","customIds":["a"]},
                {"kind":"void"},{"kind":"doubled"},{"kind":"contradicted"},{"kind":"foreign"},{"kind":"malformed"}]}""")
                .statusCode()).isEqualTo(200);
        JsonNode faults = Client.json(control("GET", "faults", ""));
        assertThat(faults.get("requestFaults")).hasSize(5);
        assertThat(faults.at("/requestFaults/3/fault/fields/bytes").asInt()).isEqualTo(7);
        assertThat(faults.get("listingFaults")).hasSize(2);
        assertThat(faults.at("/batchFaults/0/fault/lines")).hasSize(7);
        control("DELETE", "faults", "");
        assertThat(Client.json(control("GET", "faults", "")).get("batchFaults")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST  | faults          | {"operation":"makeBatch"}
            POST  | faults          | {"typo":1}
            POST  | faults          | {"status":500,"connection":"reset"}
            POST  | faults          | {"delay":"soon"}
            POST  | faults          | {"delay":1e1000000}
            POST  | faults          | [
            POST  | faults          | ''
            POST  | listing-faults  | {"omit":2}
            POST  | listing-faults  | {"operation":"createBatch"}
            POST  | batch-faults    | {"stopAfter":0.5}
            POST  | batch-faults    | {"lines":[{"share":1}]}
            POST  | batch-faults    | {"counts":"wrong"}
            POST  | foreign-batches | {"count":-1}
            POST  | foreign-batches | {"count":1,"statuses":["x"]}
            POST  | clock           | {}
            POST  | clock           | {"advance":"-PT1S"}
            PATCH | limits          | {"maxLines":0}
            PATCH | limits          | {"maxlines":5}
            GET   | requests?operation=x | ''
            GET   | requests?limit=x     | ''
            """)
    void nonsenseIsABadRequest(String method, String path, String body) {
        HttpResponse<String> response = control(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Client.json(response).at("/error/message").asText()).isNotEmpty();
    }

    @Test
    void unknownCallsAreNotFound() {
        for (Map.Entry<String, String> call : Map.of("GET", "x", "POST", "x", "PATCH", "x", "DELETE", "x", "PUT", "clock")
                .entrySet()) {
            assertThat(control(call.getKey(), call.getValue(), "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void timeIsAdvancedAndShownInTheDateHeader() {
        assertThat(Client.json(control("GET", "clock", "")).get("now").asText()).isEqualTo("2026-01-05T09:00:00Z");
        HttpResponse<String> advanced = control("POST", "clock", "{\"advance\":\"PT36H\"}");
        assertThat(Client.json(advanced).get("now").asText()).isEqualTo("2026-01-06T21:00:00Z");
        assertThat(client.get("/batches").headers().firstValue("Date")).contains("Tue, 06 Jan 2026 21:00:00 GMT");
    }

    @Test
    void ledgerRequestsBatchesAndFilesAreShown() {
        String id = client.createChatBatch(Client.chatLine("a", "x"));
        control("POST", "foreign-batches", "{\"count\":2,\"oldest\":\"PT1H\",\"statuses\":[\"completed\"]}");
        emulator.clock().advance(Duration.ofMinutes(1));
        JsonNode ledger = Client.json(control("GET", "ledger", ""));
        assertThat(ledger.at("/summary/paid").asInt()).isEqualTo(1);
        assertThat(ledger.get("paidMoreThanOnce")).isEmpty();
        JsonNode line = Client.json(control("GET", "ledger?customId=a", "")).at("/data/0");
        assertThat(line.at("/batches/0").asText()).isEqualTo(id);
        JsonNode requests = Client.json(control("GET", "requests?operation=createBatch&limit=5", ""));
        assertThat(requests.at("/counts/createBatch").asInt()).isEqualTo(1);
        assertThat(requests.at("/data/0/status").asInt()).isEqualTo(200);
        assertThat(Client.json(control("GET", "batches", "")).get("data").findValuesAsText("foreign"))
                .containsExactlyInAnyOrder("false", "true", "true");
        assertThat(Client.json(control("GET", "files", "")).get("data")).hasSize(2);
        control("DELETE", "ledger", "");
        control("DELETE", "requests", "");
        assertThat(Client.json(control("GET", "ledger", "")).at("/summary/paid").asInt()).isZero();
        assertThat(Client.json(control("GET", "requests", "")).get("data")).isEmpty();
    }

    @Test
    void limitsAreChangedOneByOne() {
        JsonNode limits = Client.json(control("PATCH", "limits", "{\"enqueuedTokens\":900000}"));
        assertThat(limits.get("enqueuedTokens").asInt()).isEqualTo(900_000);
        assertThat(limits.get("maxLines").asInt()).isEqualTo(50_000);
        assertThat(emulator.limits().enqueuedTokens()).isEqualTo(900_000);
        assertThat(Client.json(control("GET", "limits", ""))).isEqualTo(limits);
    }

    @Test
    void aResetForgetsEverythingButLimitsAndTime() {
        client.createChatBatch(Client.chatLines(1));
        control("POST", "faults", "{\"status\":500,\"times\":0,\"operation\":\"retrieveBatch\"}");
        emulator.clock().advance(Duration.ofHours(1));
        assertThat(control("POST", "reset", "").statusCode()).isEqualTo(200);
        assertThat(emulator.batches()).isEmpty();
        assertThat(emulator.files()).isEmpty();
        assertThat(emulator.faults().requestFaults()).isEmpty();
        assertThat(emulator.requests().list()).isEmpty();
        assertThat(emulator.ledger().summary().lines()).isZero();
        assertThat(emulator.clock().instant()).isEqualTo(Emulators.START.plus(Duration.ofHours(1)));
    }

    private HttpResponse<String> control(String method, String path, String body) {
        return client.send(HttpRequest.newBuilder(uri(path)).header("X-Control-Token", emulator.controlToken())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return emulator.baseUrl().resolve("/control/" + path);
    }
}
