package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;

class SchemaJsonTest {

    static Stream<JsonSchemaElement> schemas() {
        return Stream.of(
                JsonStringSchema.builder().description("a text").build(), new JsonStringSchema(), new JsonIntegerSchema(),
                new JsonNumberSchema(), new JsonBooleanSchema(), new JsonNullSchema(),
                JsonEnumSchema.builder().enumValues("a", "b").description("a letter").build(),
                JsonArraySchema.builder().items(new JsonStringSchema()).description("texts").build(),
                JsonAnyOfSchema.builder().anyOf(new JsonStringSchema(), new JsonNullSchema()).build(),
                JsonObjectSchema.builder().build(),
                JsonObjectSchema.builder().addStringProperty("name", "its name").addNumberProperty("size").required("name")
                        .description("a city").build(),
                JsonObjectSchema.builder().addProperty("next", JsonReferenceSchema.builder().reference("node").build())
                        .definitions(Map.of("node", JsonObjectSchema.builder().addIntegerProperty("value").build())).build());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemasAreWrittenAsLangchain4jWritesThem(JsonSchemaElement schema) {
        assertThat(withoutEmpty(SchemaJson.of(schema, false)))
                .isEqualTo(withoutEmpty(JsonSchemaElementUtils.toMap(schema)));
    }

    /** An empty list of required properties says nothing. */
    private static Object withoutEmpty(Object schema) {
        Map<String, Object> copy = new TreeMap<>();
        ((Map<?, ?>) schema).forEach((name, value) -> {
            if (!("required".equals(name) && ((List<?>) value).isEmpty())) {
                copy.put((String) name, "$defs".equals(name) || "properties".equals(name) ? all((Map<?, ?>) value) : value);
            }
        });
        return copy;
    }

    private static Object all(Map<?, ?> schemas) {
        Map<String, Object> copy = new TreeMap<>();
        schemas.forEach((name, schema) -> copy.put((String) name, withoutEmpty(schema)));
        return copy;
    }

    @Test
    void aRawSchemaStaysAsItIs() {
        assertThat(SchemaJson.of(JsonRawSchema.from("{\"type\":\"string\",\"maxLength\":3}"), true))
                .hasToString("{\"type\":\"string\",\"maxLength\":3}");
        JsonRawSchema noObject = JsonRawSchema.from("[1]");
        assertThatThrownBy(() -> SchemaJson.of(noObject, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectSaysWhetherItMayHaveOtherProperties() {
        assertThat(SchemaJson.of(JsonObjectSchema.builder().additionalProperties(true).build(), false))
                .isEqualTo(Map.of("type", "object", "properties", Map.of(), "required", List.of(),
                        "additionalProperties", true));
    }

    @Test
    void aStrictSchemaHasAllPropertiesAndNoOthers() {
        JsonObjectSchema schema = JsonObjectSchema.builder().addStringProperty("name").addStringProperty("nick")
                .required("name").build();
        assertThat(SchemaJson.of(schema, true)).isEqualTo(Map.of("type", "object",
                "properties", Map.of("name", Map.of("type", "string"),
                        "nick", Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("type", "null")))),
                "required", List.of("name", "nick"), "additionalProperties", false));
    }

    @Test
    void anUnknownElementIsRefusedByItsType() {
        JsonSchemaElement unknown = () -> "nothing";
        assertThatThrownBy(() -> SchemaJson.of(unknown, false)).isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("SchemaJsonTest");
    }
}
