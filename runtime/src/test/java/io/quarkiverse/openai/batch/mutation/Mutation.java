package io.quarkiverse.openai.batch.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A sample in which one value is another.
 *
 * @param path where it is
 * @param value the start of what is there now
 * @param json the sample with it
 */
record Mutation(JsonPointer path, String value, byte[] json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HERE = "@here@";

    static Mutation of(JsonNode sample, SplittableRandom random, int size) {
        List<JsonPointer> places = new ArrayList<>();
        collect(sample, JsonPointer.empty(), places);
        JsonPointer path = places.get(random.nextInt(places.size()));
        String value = OddValue.of(random, size);
        return new Mutation(path, value.substring(0, Math.min(60, value.length())), with(sample, path, value));
    }

    private static void collect(JsonNode node, JsonPointer path, List<JsonPointer> places) {
        node.properties().forEach(field -> add(field.getValue(), path.appendProperty(field.getKey()), places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            add(node.get(i), path.appendIndex(i), places);
        }
    }

    private static void add(JsonNode node, JsonPointer path, List<JsonPointer> places) {
        places.add(path);
        collect(node, path, places);
    }

    private static byte[] with(JsonNode sample, JsonPointer path, String value) {
        JsonNode copy = sample.deepCopy();
        JsonNode parent = copy.at(path.head());
        if (parent instanceof ObjectNode object) {
            object.put(path.last().getMatchingProperty(), HERE);
        } else {
            ((ArrayNode) parent).set(path.last().getMatchingIndex(), HERE);
        }
        try {
            return MAPPER.writeValueAsString(copy).replace("\"" + HERE + "\"", value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is nested so deep that the whole sample may be refused. */
    boolean isTooDeep() {
        int depth = 0;
        int deepest = 0;
        for (byte character : json) {
            depth += character == '[' || character == '{' ? 1 : character == ']' || character == '}' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest > 100_000;
    }

    @Override
    public String toString() {
        return path + " = " + value + " (" + json.length + " bytes)";
    }
}
