package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.model.Endpoint;

class EverySampleIsReadTest {

    @Test
    void chatOutput() {
        List<BatchResult> results = read("openai-output-chat.jsonl");

        assertThat(results).hasSize(2).allMatch(BatchResult::succeeded);
        BatchResult second = results.get(1);
        assertThat(second.id()).isEqualTo("batch_req_456");
        assertThat(second.customId()).isEqualTo("request-1");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.requestId()).isEqualTo("req_789");
        assertThat(second.error()).isNull();
        assertThat(second.usage()).isEqualTo(new Usage(20, 9, 29, 0, 0));
        assertThat(second.text()).isEqualTo("Hello! How can I assist you today?");
        assertThat(second.body()).isEqualTo(new ChatCompletion("chatcmpl-abc", "gpt-3.5-turbo-0125", 1711652789L,
                List.of(new ChatCompletion.Choice(0, "Hello! How can I assist you today?", null, "stop", List.of()))));
        assertThat(second.bodyJson().path("system_fingerprint").asText()).isEqualTo("fp_3ba");
        assertThat(second.json().path("id").asText()).isEqualTo("batch_req_456");
        assertThat(second.position()).isEqualTo(new LinePosition(null, 2, 472));
    }

    @Test
    void errorLines() {
        List<BatchResult> results = read("openai-error-lines.jsonl");

        assertThat(results).extracting(BatchResult::customId).containsExactly("request-3", "request-7");
        assertThat(results).extracting(BatchResult::outcome).containsOnly(Outcome.EXPIRED);
        assertThat(results.get(0).error()).isEqualTo(LineError.of("batch_expired",
                "This request could not be executed before the completion window expired."));
        assertThat(results.get(0).statusCode()).isZero();
        assertThat(results.get(0).bodyJson().isMissingNode()).isTrue();
    }

    @Test
    void embeddingsOutput() {
        List<BatchResult> results = read("openai-output-embeddings-truncated-vector.jsonl");

        assertThat(results).extracting(BatchResult::customId).containsExactly("0", "1");
        assertThat(results.get(0).embedding()).containsExactly(0.022931391f);
        assertThat(results.get(1).embedding()).containsExactly(-0.007332558f);
        assertThat(results.get(1).usage()).isEqualTo(new Usage(294, 0, 294, 0, 0));
        assertThat(results.get(1).requestId()).isEqualTo("941ebd3de9c6f6cafa5658c708d91c1d");
        assertThat(((EmbeddingList) results.get(0).body()).model()).isEqualTo("text-embedding-3-small");
    }

    @Test
    void chatInput() {
        List<BatchRequest> requests = requests("openai-input-chat.jsonl", Endpoint.CHAT_COMPLETIONS);

        assertThat(requests).extracting(BatchRequest::customId).containsExactly("request-1", "request-2");
        assertThat(requests).extracting(BatchRequest::method).containsOnly("POST");
        assertThat(requests).extracting(BatchRequest::url).containsOnly("/v1/chat/completions");
        JsonNode body = ((RawJson) requests.get(1).body()).json();
        assertThat(body.path("model").asText()).isEqualTo("gpt-3.5-turbo-0125");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(1000);
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("You are an unhelpful assistant.");
        assertThat(body.at("/messages/1/role").asText()).isEqualTo("user");
    }

    @Test
    void moderationsInput() {
        List<BatchRequest> requests = requests("openai-input-moderations.jsonl", Endpoint.MODERATIONS);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.customId()).isEqualTo("moderation-text-1");
            assertThat(((RawJson) request.body()).json().path("input").asText())
                    .isEqualTo("This is a harmless test sentence.");
            assertThat(((RawJson) request.body()).json().path("model").asText()).isEqualTo("omni-moderation-latest");
        });
    }

    @Test
    void azureResponsesInput() {
        List<BatchRequest> requests = requests("azure-input-responses.jsonl", Endpoint.RESPONSES);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.customId()).isEqualTo("task-0");
            assertThat(request.url()).isEqualTo("/v1/responses");
            assertThat(((RawJson) request.body()).json().path("input").asText())
                    .isEqualTo("When was Microsoft founded, and by whom?");
        });
    }

    private static List<BatchRequest> requests(String sample, Endpoint endpoint) {
        assertThat(RequestValidator.withLimits(LineLimits.OPENAI).endpoint(endpoint).validate(open(sample)).problems())
                .isEmpty();
        try (Stream<BatchRequest> requests = JsonlReader.requests(open(sample)).stream()) {
            return requests.toList();
        }
    }

    private static InputStream open(String sample) {
        return EverySampleIsReadTest.class.getResourceAsStream("/jsonl/" + sample);
    }

    private static List<BatchResult> read(String sample) {
        return Lines.read(open(sample));
    }
}
