package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

class AStructuredAnswerIsReadAsItsTypeTest {

    enum Mood {
        @JsonProperty("good")
        GOOD,
        BAD
    }

    record Topic(String name, double weight) {
    }

    record Sentiment(@JsonPropertyDescription("Why, in one sentence") String reason, Mood mood, List<Topic> topics,
            Optional<String> language, LocalDate day) {
    }

    record Comment(String text, @JsonPropertyDescription("What it answers") Optional<Comment> parent,
            @JsonPropertyDescription("The topic") Topic topic) {
    }

    record Box<T>(T content) {
    }

    record WithMap(Map<String, String> values) {
    }

    @Test
    void aRecordBecomesAStrictSchema() {
        JsonNode format = Json.MAPPER.valueToTree(ChatBody.of("m").answer(Sentiment.class)).path("response_format");

        assertThat(format).isEqualTo(json("""
                {"type": "json_schema", "json_schema": {"name": "Sentiment", "strict": true, "schema": {
                  "$defs": {"Topic": {"type": "object",
                    "properties": {"name": {"type": "string"}, "weight": {"type": "number"}},
                    "required": ["name", "weight"], "additionalProperties": false}},
                  "type": "object",
                  "properties": {
                    "reason": {"type": "string", "description": "Why, in one sentence"},
                    "mood": {"type": "string", "enum": ["good", "BAD"]},
                    "topics": {"type": "array", "items": {"$ref": "#/$defs/Topic"}},
                    "language": {"type": ["string", "null"]},
                    "day": {"type": "string", "format": "date"}},
                  "required": ["reason", "mood", "topics", "language", "day"],
                  "additionalProperties": false}}}"""));
        assertThat(format.at("/json_schema/schema/properties").fieldNames()).toIterable()
                .as("the order in which the model will write")
                .containsExactly("reason", "mood", "topics", "language", "day");
    }

    @Test
    void aResponsesBodyHasTheSchemaInItsTextFormat() {
        JsonNode format = Json.MAPPER.valueToTree(ResponsesBody.of("m").answer(Topic.class)).at("/text/format");

        assertThat(format.path("type").asText()).isEqualTo("json_schema");
        assertThat(format.path("name").asText()).isEqualTo("Topic");
        assertThat(format.path("strict").asBoolean()).isTrue();
        assertThat(format.at("/schema/additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void aListIsWrappedInAnObject() {
        JsonNode schema = Json.MAPPER.valueToTree(ChatBody.of("m").answer(new TypeReference<List<Topic>>() {
        })).at("/response_format/json_schema/schema");

        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.at("/properties/value")).isEqualTo(json("""
                {"type": "array", "items": {"$ref": "#/$defs/Topic"}}"""));
        assertThat(schema.at("/$defs/Topic").isObject()).isTrue();
    }

    @Test
    void aDescribedReferenceIsPutInItsPlace() {
        JsonNode schema = Json.MAPPER.valueToTree(ChatBody.of("m").answer(Comment.class))
                .at("/response_format/json_schema/schema");

        assertThat(schema.at("/properties/topic/description").asText()).isEqualTo("The topic");
        assertThat(schema.at("/properties/topic/properties/name/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/topic").has("$ref")).isFalse();
    }

    @Test
    void aMapHasNoStrictSchema() {
        assertThatThrownBy(() -> ChatBody.of("m").answer(WithMap.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WithMap").hasMessageContaining("map");
    }

    @Test
    void textOfChatAndResponsesIsReadBack() {
        String answer = """
                {"reason": "sunny", "mood": "good", "topics": [{"name": "weather", "weight": 0.5}], "language": null,
                 "day": "2026-11-21", "more": 1}""";
        Sentiment expected = new Sentiment("sunny", Mood.GOOD, List.of(new Topic("weather", 0.5)), Optional.empty(),
                LocalDate.of(2026, 11, 21));

        assertThat(chat(answer).as(Sentiment.class)).isEqualTo(expected);
        assertThat(response(answer).as(Sentiment.class)).isEqualTo(expected);
    }

    @Test
    void listsAndGenericsAreReadBack() {
        assertThat(chat("{\"value\": [{\"name\": \"a\", \"weight\": 1}]}").as(new TypeReference<List<Topic>>() {
        })).containsExactly(new Topic("a", 1));
        assertThat(chat("[{\"name\": \"a\", \"weight\": 1}]").as(Topic[].class)).containsExactly(new Topic("a", 1));
        assertThat(chat("{\"value\": \"good\"}").as(Mood.class)).isEqualTo(Mood.GOOD);
        assertThat(chat("{\"content\": [\"x\"]}").as(new TypeReference<Box<List<String>>>() {
        })).isEqualTo(new Box<>(List.of("x")));
    }

    @Test
    void anotherTextSaysWhereItDiffersAndNotWhatItIs() {
        assertThatThrownBy(() -> chat("{\"name\": \"secret\", \"weight\": \"classified\"}").as(Topic.class))
                .isInstanceOf(JsonlException.class)
                .hasMessageContaining("customId=c").hasMessageContaining("Topic").hasMessageContaining("weight")
                .hasNoCause().message().doesNotContain("secret", "classified");
        assertThatThrownBy(() -> BatchResult.missing("c").as(Topic.class)).isInstanceOf(JsonlException.class)
                .hasMessageContaining("no text");
    }

    private static BatchResult chat(String text) {
        return result("{\"choices\": [{\"message\": {\"content\": " + quoted(text) + "}}]}");
    }

    private static BatchResult response(String text) {
        return result("{\"output\": [{\"type\": \"message\", \"content\": [{\"type\": \"output_text\", \"text\": "
                + quoted(text) + "}]}]}");
    }

    private static BatchResult result(String body) {
        return BatchResult.parse(("{\"custom_id\": \"c\", \"response\": {\"status_code\": 200, \"body\": " + body + "}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text).toString();
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
