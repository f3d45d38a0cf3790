package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;

@Timeout(60)
class UpstreamAnswersLinesTest {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private HttpServer upstream;
    private Emulator emulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newCachedThreadPool());
        upstream.createContext("/", this::answer);
        upstream.start();
        URI base = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort() + "/api/v1/");
        emulator = Emulator.start(EmulatorOptions.builder().speed(1_000).upstream(base).upstreamKey("up-key").build());
        client = new Client(emulator);
    }

    @AfterEach
    void close() {
        mayAnswer.countDown();
        emulator.close();
        upstream.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes());
        seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] answer = body.contains("garbage") ? Client.bytes("<html>")
                : Client.bytes("{\"from\":\"upstream\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");
        exchange.sendResponseHeaders(body.contains("limited") ? 429 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void linesGoToTheEndpointsPathWithTheUpstreamsKeyOnly() {
        String id = client.createChatBatch(Client.chatLine("a", "x") + "\n" + Client.chatLine("b", "limited") + "\n"
                + Client.chatLine("c", "garbage"));
        mayAnswer.countDown();
        JsonNode batch = awaitTerminal(id);
        assertThat(batch.get("status").asText()).isEqualTo("completed");
        assertThat(seen).hasSize(3).containsOnly("/api/v1/chat/completions Bearer up-key");
        Map<String, JsonNode> output = client.results(batch.get("output_file_id").asText());
        assertThat(output).containsOnlyKeys("a");
        assertThat(output.get("a").at("/response/body/from").asText()).isEqualTo("upstream");
        Map<String, JsonNode> errors = client.results(batch.get("error_file_id").asText());
        assertThat(errors.get("b").at("/response/status_code").asInt()).isEqualTo(429);
        assertThat(errors.get("c").at("/response/status_code").asInt()).isEqualTo(502);
        assertThat(batch.at("/usage/total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void cancellingWaitsForTheLinesThatAreUnderWay() {
        String id = client.createChatBatch(Client.chatLines(50));
        await(id, "in_progress");
        client.post("/batches/" + id + "/cancel", "");
        mayAnswer.countDown();
        JsonNode batch = awaitTerminal(id);
        assertThat(batch.get("status").asText()).isEqualTo("cancelled");
        assertThat(client.results(batch.get("output_file_id").asText())).hasSize(8);
        assertThat(client.results(batch.get("error_file_id").asText())).hasSize(42);
    }

    @Test
    void noMoreLinesAreSentThanAFaultAllows() {
        emulator.faults().add(new BatchFault().stopAfter(0.1, Stop.EXPIRE));
        mayAnswer.countDown();
        JsonNode batch = awaitTerminal(client.createChatBatch(Client.chatLines(50)));
        assertThat(batch.get("status").asText()).isEqualTo("expired");
        assertThat(seen).hasSize(5);
        assertThat(client.results(batch.get("error_file_id").asText())).hasSize(45);
    }

    @Test
    void anUpstreamThatCannotBeReachedIsABadGateway() {
        upstream.stop(0);
        String id = client.createChatBatch(Client.chatLines(1));
        JsonNode batch = awaitTerminal(id);
        assertThat(client.results(batch.get("error_file_id").asText()).get("line-1").at("/response/status_code").asInt())
                .isEqualTo(502);
    }

    @Test
    void badUpstreamsAreRefusedAtTheStart() {
        for (String url : new String[] { "ftp://x/v1", "/v1", "http://user@x/v1", "http://x/v1?a=b" }) {
            assertThatThrownBy(() -> EmulatorOptions.builder().upstream(URI.create(url)).build())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EmulatorOptions.builder().upstream(URI.create("http://192.0.2.1/v1")).upstreamKey("k").build())
                .hasMessageContaining("plain http");
    }

    private JsonNode awaitTerminal(String id) {
        JsonNode batch = client.batch(id);
        while (!batch.get("status").asText().matches("completed|cancelled|failed|expired")) {
            Thread.onSpinWait();
            batch = client.batch(id);
        }
        return batch;
    }

    private void await(String id, String status) {
        while (!client.batch(id).get("status").asText().equals(status)) {
            Thread.onSpinWait();
        }
    }
}
