package io.quarkiverse.openai.batch.emulator.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class SchemaInstanceTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void objectsHaveTheirPropertiesNestedAndTyped() throws Exception {
        JsonNode instance = generate("""
                {"type":"object","required":["name","size","tags","ok","none"],"properties":{
                "name":{"type":"string"},"size":{"type":["integer","null"]},"none":{"type":"null"},
                "tags":{"type":"array","items":{"type":"object","properties":{"x":{"type":"number"}}}},
                "ok":{"type":"boolean"}}}""", 1);
        assertThat(instance.get("name").asText()).isEqualTo("Echo");
        assertThat(instance.get("size").isIntegralNumber()).isTrue();
        assertThat(instance.get("none").isNull()).isTrue();
        assertThat(instance.get("ok").isBoolean()).isTrue();
        assertThat(instance.get("tags")).isNotEmpty();
        assertThat(instance.at("/tags/0/x").isNumber()).isTrue();
    }

    @Test
    void enumsVaryWithTheHashAndAreDeterministic() throws Exception {
        String schema = "{\"enum\":[\"a\",\"b\",\"c\"]}";
        Set<String> values = new HashSet<>();
        for (long hash = 0; hash < 50; hash++) {
            assertThat(generate(schema, hash)).isEqualTo(generate(schema, hash));
            values.add(generate(schema, hash).asText());
        }
        assertThat(values).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void numbersKeepTheirBounds() throws Exception {
        for (long hash = 0; hash < 200; hash++) {
            assertThat(generate("{\"type\":\"integer\",\"minimum\":3,\"maximum\":5}", hash).asInt()).isBetween(3, 5);
            assertThat(generate("{\"type\":\"integer\",\"exclusiveMinimum\":0.5,\"exclusiveMaximum\":2}", hash).asInt())
                    .isEqualTo(1);
            assertThat(generate("{\"type\":\"integer\",\"maximum\":-7}", hash).asInt()).isLessThanOrEqualTo(-7);
            assertThat(generate("{\"type\":\"integer\",\"minimum\":1,\"multipleOf\":5}", hash).asInt() % 5).isZero();
            assertThat(generate("{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":0.001}", hash).asDouble())
                    .isStrictlyBetween(0.0, 0.001);
            assertThat(generate("{\"type\":\"number\",\"minimum\":2,\"maximum\":2}", hash).asDouble()).isEqualTo(2);
        }
    }

    @Test
    void stringsKeepTheirLengthsAndFormats() throws Exception {
        assertThat(generate("{\"type\":\"string\",\"maxLength\":2}", 1).asText()).isEqualTo("Ec");
        assertThat(generate("{\"type\":\"string\",\"minLength\":6}", 1).asText()).hasSize(6);
        UUID.fromString(generate("{\"type\":\"string\",\"format\":\"uuid\"}", 1).asText());
        Instant.parse(generate("{\"type\":\"string\",\"format\":\"date-time\"}", 1).asText());
        LocalDate.parse(generate("{\"type\":\"string\",\"format\":\"date\"}", 1).asText());
        assertThat(generate("{\"type\":\"string\",\"format\":\"email\"}", 1).asText()).contains("@");
    }

    @Test
    void arraysKeepTheirBounds() throws Exception {
        for (long hash = 0; hash < 20; hash++) {
            assertThat(generate("{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":4}", hash)).hasSize(4);
            assertThat(generate("{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"maxItems\":0}", hash)).isEmpty();
            JsonNode unique = generate(
                    "{\"type\":\"array\",\"items\":{\"enum\":[1,2,3]},\"minItems\":3,\"uniqueItems\":true}", hash);
            assertThat(unique).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void referencesAreFollowedAndRecursionEnds() throws Exception {
        JsonNode tree = generate("""
                {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["left","children"],"properties":{
                "left":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]},
                "children":{"type":"array","items":{"$ref":"#"}}}}}}""", 3);
        assertThat(tree.has("left")).isTrue();
        assertThat(tree.get("children").isArray()).isTrue();
        JsonNode merged = generate("""
                {"allOf":[{"type":"object","properties":{"a":{"const":1}}},{"$ref":"#/definitions/b"}],
                "definitions":{"b":{"type":"object","properties":{"b":{"const":2}}}}}""", 3);
        assertThat(merged.toString()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void schemasWithoutInstanceAreRefused() {
        assertThatThrownBy(
                () -> generate("{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{\"x\":{\"$ref\":\"#\"}}}", 1))
                .isInstanceOf(InvalidLineRequest.class).hasMessageContaining("levels");
        assertThatThrownBy(() -> generate("{\"$ref\":\"#/$defs/none\"}", 1)).isInstanceOf(InvalidLineRequest.class);
        assertThatThrownBy(() -> generate("{\"enum\":[]}", 1)).isInstanceOf(InvalidLineRequest.class);
        assertThatThrownBy(() -> generate("null", 1)).isInstanceOf(InvalidLineRequest.class);
    }

    private static JsonNode generate(String schema, long hash) throws JsonProcessingException, InvalidLineRequest {
        return new SchemaInstance(MAPPER.readTree(schema), "Echo", hash).generate();
    }
}
