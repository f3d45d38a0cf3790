package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.instancio.Select.allStrings;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.instancio.Instancio;
import org.instancio.junit.InstancioExtension;
import org.instancio.junit.InstancioSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.model.Endpoint;

@ExtendWith(InstancioExtension.class)
class WhatIsWrittenIsReadBackTest {

    record Node(String text, Double number, Boolean flag, List<Node> children, Map<String, String> more) {
    }

    record Parameters(String id, String model, String text, List<String> stop, double temperature, long seed, Node custom) {
    }

    @ParameterizedTest
    @InstancioSource(samples = 100)
    void anyRequest(long seed) {
        Parameters any = Instancio.of(Parameters.class).withMaxDepth(5).withSeed(seed).withNullable(allStrings())
                .generate(allStrings(), gen -> gen.string().unicode().length(1, 60)).create();
        ChatBody chat = ChatBody.of("m " + any.model()).user("u " + any.text()).temperature(any.temperature())
                .seed(any.seed()).with("stop", any.stop()).with("custom", any.custom());
        BatchRequest request = BatchRequest.of("id " + any.id(), chat);

        byte[] line = write(request);
        BatchRequest read = read(line);

        assertThat(read.customId()).isEqualTo(request.customId());
        assertThat(read.method()).isEqualTo("POST");
        assertThat(read.url()).isEqualTo("/v1/chat/completions");
        assertThat(((RawJson) read.body()).json()).isEqualTo(parse(Json.MAPPER.valueToTree(chat).toString()));
        assertThat(write(read)).isEqualTo(line);
    }

    @Test
    void unsetFieldsAreLeftOut() {
        assertThat(text(BatchRequest.chat("r0", "gpt-6-luna", "Hi \"0"))).isEqualTo(
                "{\"custom_id\":\"r0\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                        + "{\"model\":\"gpt-6-luna\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi \\\"0\"}]}}\n");
        assertThat(text(BatchRequest.of("a", ChatBody.of("m").temperature(1).with("temperature", null)))).doesNotContain(
                "temperature", "null");
    }

    @Test
    void aTemplateIsNotChangedByWhatIsMadeOfIt() {
        ChatBody template = ChatBody.of("m").system("s");

        ChatBody one = template.user("1");
        ChatBody two = template.user("2");

        assertThat(parse(text(BatchRequest.of("a", one))).at("/body/messages")).hasSize(2);
        assertThat(parse(text(BatchRequest.of("a", two))).at("/body/messages/1/content").asText()).isEqualTo("2");
        assertThat((List<?>) template.parameters().get("messages")).hasSize(1);
        assertThat(one).isEqualTo(template.user("1")).isNotEqualTo(two);
    }

    @Test
    void everyTypedBodyGoesToItsEndpointWithItsNamesOnTheWire() {
        assertThat(line(ChatBody.of("m").developer("d").assistant("a").message("user", List.of(Map.of("type", "text")))
                .maxCompletionTokens(1).maxTokens(2).topP(0.5).n(3).stop("x").presencePenalty(1).frequencyPenalty(2)
                .reasoningEffort("low").topLogprobs(4).tools(List.of()).toolChoice("none").metadata(Map.of("k", "v"))))
                .isEqualTo("""
                        /v1/chat/completions {"model":"m","messages":[{"role":"developer","content":"d"},\
                        {"role":"assistant","content":"a"},{"role":"user","content":[{"type":"text"}]}],\
                        "max_completion_tokens":1,"max_tokens":2,"top_p":0.5,"n":3,"stop":["x"],"presence_penalty":1.0,\
                        "frequency_penalty":2.0,"reasoning_effort":"low","logprobs":true,"top_logprobs":4,"tools":[],\
                        "tool_choice":"none","metadata":{"k":"v"}}""");
        assertThat(line(ResponsesBody.of("m").input("i").instructions("s").maxOutputTokens(1).temperature(2).topP(0.5)
                .reasoningEffort("low").tools(List.of()).toolChoice("auto").store(false).metadata(Map.of("k", "v"))))
                .isEqualTo("""
                        /v1/responses {"model":"m","input":"i","instructions":"s","max_output_tokens":1,"temperature":2.0,\
                        "top_p":0.5,"reasoning":{"effort":"low"},"tools":[],"tool_choice":"auto","store":false,\
                        "metadata":{"k":"v"}}""");
        assertThat(line(EmbeddingsBody.of("m").input(List.of("a", "b")).dimensions(8).base64())).isEqualTo("""
                /v1/embeddings {"model":"m","input":["a","b"],"dimensions":8,"encoding_format":"base64"}""");
        assertThat(line(CompletionsBody.of("m").prompt("p").suffix("s").maxTokens(1).temperature(0).topP(1).n(2).seed(3)
                .stop("a", "b"))).isEqualTo("""
                        /v1/completions {"model":"m","prompt":"p","suffix":"s","max_tokens":1,"temperature":0.0,"top_p":1.0,\
                        "n":2,"seed":3,"stop":["a","b"]}""");
        assertThat(line(ModerationsBody.of("m").input("i"))).isEqualTo("""
                /v1/moderations {"model":"m","input":"i"}""");
    }

    record Image(String prompt, @JsonProperty("output_format") String format, Integer quality) {
    }

    @Test
    void anythingThatIsAJsonObjectIsABody() {
        assertThat(text(BatchRequest.of("a", Endpoint.IMAGES_GENERATIONS, new Image("p", "png", null)))).contains(
                "\"url\":\"/v1/images/generations\"", "\"body\":{\"prompt\":\"p\",\"output_format\":\"png\"}");
        assertThat(text(BatchRequest.bare("a", Json.MAPPER.createObjectNode().putNull("n")))).isEqualTo(
                "{\"custom_id\":\"a\",\"body\":{\"n\":null}}\n");
        assertThat(text(BatchRequest.bare("a", RawJson.of("{\n  \"x\": 1.000000000000000000001\r\n}")))).isEqualTo(
                "{\"custom_id\":\"a\",\"body\":{   \"x\": 1.000000000000000000001  }}\n");
        assertThat(text(BatchRequest.chat("a", "m", "x").withUrl("/v4/chat/completions"))).contains(
                "\"url\":\"/v4/chat/completions\"");
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String json : List.of("", "[]", "{", "{} {}", "{\"a\": tru}", "null")) {
            assertThatThrownBy(() -> RawJson.of(json)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RawJson.of(new byte[] { '{', (byte) 0xC3, '}' }))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> BatchRequest.chat("", "m", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BatchRequest.bare("a", null)).isInstanceOf(IllegalArgumentException.class);
        for (Object body : List.of(new Raw("{\"a\": tru"), new Raw("}"), Map.of("half a \uD83D", 1))) {
            assertThatThrownBy(() -> write(BatchRequest.bare("a", body))).isInstanceOf(JsonlException.class)
                    .hasMessageContaining("request a");
        }
    }

    record Raw(@JsonRawValue String json) {
    }

    @Test
    void aRequestIsOneLineWhateverItsBodyBrings() {
        assertThat(text(BatchRequest.bare("a", new Raw("[1,\n\n 2]")))).isEqualTo(
                "{\"custom_id\":\"a\",\"body\":{\"json\":[1,   2]}}\n");
    }

    @Test
    void aTextThatEndsInHalfACharacterIsNotWritten() {
        assertThatThrownBy(() -> write(BatchRequest.chat("a", "m", "x\uD83D"))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("half of a surrogate pair");
    }

    private static String line(RequestBody<?> body) {
        JsonNode line = parse(text(BatchRequest.of("a", body)));
        assertThat(line.path("url").asText()).isEqualTo(body.endpoint().path());
        return line.path("url").asText() + " " + line.path("body");
    }

    private static String text(BatchRequest request) {
        return new String(write(request), StandardCharsets.UTF_8);
    }

    private static byte[] write(BatchRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RequestWriter.withLimits(LineLimits.OPENAI).write(List.of(request).iterator(), Channels.newChannel(out));
        return out.toByteArray();
    }

    private static BatchRequest read(byte[] lines) {
        try (Stream<BatchRequest> requests = JsonlReader.requests(Lines.stream(lines)).stream()) {
            return requests.toList().get(0);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
