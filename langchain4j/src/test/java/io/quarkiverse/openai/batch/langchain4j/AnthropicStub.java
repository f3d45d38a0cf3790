package io.quarkiverse.openai.batch.langchain4j;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** The Message Batches API as Anthropic documents it, as far as the suite of batch models needs it. */
final class AnthropicStub implements ResponseDefinitionTransformerV2, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/messages/batches";
    private static final int RUN_AT_A_TIME = 100;

    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private final Set<Integer> failing = new HashSet<>();
    private final WireMockServer server = new WireMockServer(options().dynamicPort().extensions(this));

    AnthropicStub() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
    }

    private static final class Batch {

        private final String id;
        private final JsonNode requests;
        private int run;
        private boolean cancelled;
        private boolean ended;

        Batch(String id, JsonNode requests) {
            this.id = id;
            this.requests = requests;
        }

        void run() {
            run = cancelled ? run : Math.min(requests.size(), run + RUN_AT_A_TIME);
            ended |= cancelled || run == requests.size();
        }

        void cancel() {
            cancelled |= !ended;
        }

        Map<String, Object> json() {
            return JsonObject.of("id", id, "type", "message_batch",
                    "processing_status", ended ? "ended" : cancelled ? "canceling" : "in_progress",
                    "cancel_initiated_at", cancelled ? "2026-11-27T00:00:00Z" : null);
        }
    }

    String baseUrl() {
        return server.baseUrl() + "/";
    }

    synchronized void letTimePass() {
        batches.values().forEach(Batch::run);
    }

    synchronized void letFail(Set<Integer> positions) {
        failing.addAll(positions);
    }

    @Override
    public String getName() {
        return "message-batches";
    }

    @Override
    public synchronized ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        String path = request.getUrl().replaceAll("\\?.*", "");
        try {
            if (path.equals(PATH)) {
                return request.getMethod().equals(RequestMethod.POST) ? create(JSON.readTree(request.getBody()))
                        : list(request);
            }
            return ofBatch(path.substring(PATH.length() + 1).split("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ResponseDefinition create(JsonNode body) {
        JsonNode requests = body.path("requests");
        if (requests.isEmpty()) {
            return error(400, "invalid_request_error", "requests: at least one item is required");
        }
        Batch batch = new Batch("msgbatch_" + batches.size(), requests);
        batches.put(batch.id, batch);
        return answer(batch.json());
    }

    private ResponseDefinition list(Request request) {
        int limit = request.queryParameter("limit").isPresent() ? Integer.parseInt(request.queryParameter("limit").firstValue())
                : 20;
        List<Batch> newestFirst = new ArrayList<>(batches.values());
        Collections.reverse(newestFirst);
        int from = 0;
        if (request.queryParameter("after_id").isPresent()) {
            from = newestFirst.indexOf(batches.get(request.queryParameter("after_id").firstValue())) + 1;
        }
        List<Batch> page = newestFirst.subList(from, Math.min(newestFirst.size(), from + limit));
        return answer(JsonObject.of("data", page.stream().map(Batch::json).toList(),
                "has_more", from + page.size() < newestFirst.size(),
                "last_id", page.isEmpty() ? null : page.get(page.size() - 1).id));
    }

    private ResponseDefinition ofBatch(String[] idAndAction) {
        Batch batch = batches.get(idAndAction[0]);
        if (batch == null) {
            return error(404, "not_found_error", "There is no batch " + idAndAction[0]);
        }
        String action = idAndAction.length > 1 ? idAndAction[1] : "";
        if (action.equals("cancel")) {
            batch.cancel();
        }
        return action.equals("results") ? results(batch) : answer(batch.json());
    }

    /** In another order than the requests, as the API may. */
    private ResponseDefinition results(Batch batch) {
        String lines = IntStream.range(0, batch.requests.size()).map(i -> batch.requests.size() - 1 - i)
                .mapToObj(i -> json(result(batch, i))).collect(Collectors.joining("\n", "", "\n"));
        return aResponse().withStatus(200).withBody(lines).build();
    }

    private Map<String, Object> result(Batch batch, int position) {
        JsonNode request = batch.requests.get(position);
        Map<String, Object> result;
        if (position >= batch.run) {
            result = Map.of("type", "canceled");
        } else if (failing.contains(position)) {
            result = Map.of("type", "errored", "error", error("invalid_request_error", "It is not valid"));
        } else {
            result = Map.of("type", "succeeded", "message", message(request.path("params")));
        }
        return Map.of("custom_id", request.path("custom_id").asText(), "result", result);
    }

    private static Map<String, Object> message(JsonNode params) {
        String text = params.path("messages").path(0).path("content").path(0).path("text").asText();
        return Map.of("id", "msg_1", "type", "message", "role", "assistant", "model", params.path("model").asText(),
                "content", List.of(Map.of("type", "text", "text", text)), "stop_reason", "end_turn",
                "usage", Map.of("input_tokens", 1, "output_tokens", 1));
    }

    private static Map<String, Object> error(String type, String message) {
        return Map.of("type", "error", "error", Map.of("type", type, "message", message));
    }

    private static ResponseDefinition error(int status, String type, String message) {
        return aResponse().withStatus(status).withBody(json(error(type, message))).build();
    }

    private static ResponseDefinition answer(Map<String, Object> json) {
        return aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(json(json)).build();
    }

    private static String json(Map<String, Object> json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
