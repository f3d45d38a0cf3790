package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** Every endpoint answers in its real shape, and always the same. */
class AnswersTest {

    private final Emulator emulator = Emulator.start(Emulators.options().build());
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void chatEchoesTheLastUserMessage() {
        JsonNode answer = answer("/v1/chat/completions", """
                {"model":"gpt-test","n":2,"messages":[{"role":"user","content":"first"},
                {"role":"user","content":[{"type":"text","text":"sec"},{"type":"text","text":"ond"}]},
                {"role":"assistant","content":"no"}]}""");
        assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.get("id").asText()).startsWith("chatcmpl-");
        assertThat(answer.get("created").asLong()).isGreaterThanOrEqualTo(Emulators.START.getEpochSecond());
        assertThat(answer.get("choices")).hasSize(2);
        assertThat(answer.at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("second");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(2 + 2 + 1);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void chatMakesAnInstanceOfASchema() {
        JsonNode answer = answer("/v1/chat/completions", """
                {"model":"gpt-test","messages":[{"role":"user","content":"Nice."}],"response_format":{"type":"json_schema",
                "json_schema":{"name":"s","schema":{"type":"object","properties":{"mood":{"enum":["good"]}},
                "required":["mood"],"additionalProperties":false}}}}""");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("{\"mood\":\"good\"}");
        JsonNode object = answer("/v1/chat/completions", """
                {"model":"gpt-test","messages":[{"role":"user","content":"Nice."}],
                "response_format":{"type":"json_object"}}""");
        assertThat(object.at("/choices/0/message/content").asText()).isEqualTo("{\"text\":\"Nice.\"}");
    }

    @Test
    void completionsEchoEachPrompt() {
        JsonNode answer = answer("/v1/completions", "{\"model\":\"m\",\"prompt\":[\"one\",\"two\"]}");
        assertThat(answer.get("object").asText()).isEqualTo("text_completion");
        assertThat(answer.get("choices").findValuesAsText("text")).containsExactly("one", "two");
        assertThat(answer.get("choices").findValuesAsText("index")).containsExactly("0", "1");
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void responsesEchoTheInputOrMakeAnInstance() {
        JsonNode text = answer("/v1/responses", "{\"model\":\"m\",\"input\":\"Hello there\",\"instructions\":\"abcd\"}");
        assertThat(text.get("object").asText()).isEqualTo("response");
        assertThat(text.get("status").asText()).isEqualTo("completed");
        assertThat(text.at("/output/0/type").asText()).isEqualTo("message");
        assertThat(text.at("/output/0/content/0/type").asText()).isEqualTo("output_text");
        assertThat(text.at("/output/0/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(text.at("/usage/input_tokens").asInt()).isEqualTo(4);
        assertThat(text.at("/usage/output_tokens").asInt()).isEqualTo(3);

        JsonNode items = answer("/v1/responses", """
                {"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"part"}]}]}""");
        assertThat(items.at("/output/0/content/0/text").asText()).isEqualTo("part");

        JsonNode instance = answer("/v1/responses", """
                {"model":"m","input":"x","text":{"format":{"type":"json_schema","name":"s",
                "schema":{"type":"object","properties":{"n":{"const":7}},"required":["n"]}}}}""");
        assertThat(instance.at("/output/0/content/0/text").asText()).isEqualTo("{\"n\":7}");
    }

    @Test
    void embeddingsAreUnitVectorsDerivedFromTheInput() {
        JsonNode answer = answer("/v1/embeddings", """
                {"model":"text-embedding-3-small","input":["same","same","other"],"dimensions":64}""");
        assertThat(answer.get("object").asText()).isEqualTo("list");
        assertThat(answer.get("data")).hasSize(3);
        assertThat(answer.at("/data/2/index").asInt()).isEqualTo(2);
        JsonNode same = answer.at("/data/0/embedding");
        assertThat(same).hasSize(64).isEqualTo(answer.at("/data/1/embedding"))
                .isNotEqualTo(answer.at("/data/2/embedding"));
        double squares = 0;
        for (JsonNode value : same) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isBetween(0.999, 1.001);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void embeddingsHaveTheModelsDimensionsAndCanBeBase64() {
        JsonNode small = answer("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[1,2,3]}");
        assertThat(small.get("data")).hasSize(1);
        assertThat(small.at("/data/0/embedding")).hasSize(1_536);
        JsonNode plain = answer("/v1/embeddings", "{\"model\":\"text-embedding-3-large\",\"input\":\"x\"}");
        JsonNode base64 = answer("/v1/embeddings",
                "{\"model\":\"text-embedding-3-large\",\"input\":\"x\",\"encoding_format\":\"base64\"}");
        ByteBuffer vector = ByteBuffer.wrap(Base64.getDecoder().decode(base64.at("/data/0/embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(vector.remaining()).isEqualTo(3_072 * 4);
        assertThat(vector.getFloat(40)).isEqualTo((float) plain.at("/data/0/embedding/10").asDouble());
    }

    @Test
    void moderationsFlagNothing() {
        JsonNode answer = answer("/v1/moderations", "{\"model\":\"omni-moderation-latest\",\"input\":[\"a\",\"b\"]}");
        assertThat(answer.get("id").asText()).startsWith("modr-");
        assertThat(answer.get("results")).hasSize(2);
        assertThat(answer.at("/results/0/flagged").asBoolean()).isFalse();
        assertThat(answer.at("/results/0/categories/violence").asBoolean()).isFalse();
        assertThat(answer.at("/results/0/category_scores/hate").asDouble()).isBetween(0.0, 0.01);
    }

    @Test
    void imagesHaveAPlausibleShape() {
        JsonNode images = answer("/v1/images/generations", "{\"model\":\"gpt-image-2.6-flare\",\"prompt\":\"a cat\",\"n\":2}");
        assertThat(images.get("data")).hasSize(2);
        byte[] png = Base64.getDecoder().decode(images.at("/data/0/b64_json").asText());
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        assertThat(answer("/v1/images/edits", "{\"prompt\":\"a cat\"}").get("data")).hasSize(1);
    }

    @Test
    void theSameLineIsAnsweredTheSame() {
        String body = "{\"model\":\"m\",\"input\":\"Hello\"}";
        JsonNode answer = answer("/v1/embeddings", body);
        assertThat(answer("/v1/embeddings", body)).isEqualTo(answer);
    }

    private JsonNode answer(String endpoint, String body) {
        String id = client.createBatch(client.upload(Client.line("x", endpoint, body.replace("\n", ""))), endpoint);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        JsonNode response = client.results(batch.get("output_file_id").asText()).get("x").get("response");
        assertThat(response.get("status_code").asInt()).isEqualTo(200);
        return response.get("body");
    }
}
