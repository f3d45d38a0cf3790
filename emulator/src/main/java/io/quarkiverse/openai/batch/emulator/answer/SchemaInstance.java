package io.quarkiverse.openai.batch.emulator.answer;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Generates one instance of a JSON schema, the same for the same schema, text and hash. It honours the keywords of OpenAI's
 * structured outputs: types, properties, required, items, enum, const, anyOf, oneOf, allOf, references within the document,
 * and the bounds of numbers, strings and arrays; not {@code pattern}.
 */
final class SchemaInstance {

    /** Below this depth only what must be there is generated, so that recursive schemas come to an end. */
    private static final int DEPTH_OF_OPTIONAL = 5;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ITEMS = 1_000;
    private static final int MAX_NODES = 100_000;
    private static final long MAX_CHARACTERS = 10_000_000;

    private final JsonNode root;
    private final SchemaScalars scalars;
    private final long hash;
    private int nodes;
    private long characters;

    /**
     * @param text what strings are made of
     * @param hash what varies choices and numbers
     */
    SchemaInstance(JsonNode root, String text, long hash) {
        this.root = root;
        this.scalars = new SchemaScalars(text);
        this.hash = hash;
    }

    JsonNode generate() throws InvalidLineRequest {
        if (!root.isObject()) {
            throw InvalidLineRequest.missing("schema");
        }
        return generate(root, hash, 0);
    }

    private JsonNode generate(JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        if (depth > MAX_DEPTH) {
            throw InvalidLineRequest.invalid("schema", "It has no instance of at most " + MAX_DEPTH + " levels.");
        }
        if (++nodes > MAX_NODES) {
            throw InvalidLineRequest.invalid("schema", "Its instance has more than " + MAX_NODES + " values.");
        }
        if (schema.has("$ref")) {
            return generate(resolve(schema.get("$ref").asText()), seed, depth + 1);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return pick(schema.get("enum"), seed);
        }
        if (schema.has("allOf")) {
            return all(schema, seed, depth);
        }
        if (schema.has("anyOf") || schema.has("oneOf")) {
            return generate(alternative(schema, seed, depth), seed, depth + 1);
        }
        return ofType(type(schema), schema, seed, depth);
    }

    private JsonNode ofType(String type, JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        return switch (type) {
            case "object" -> object(schema, seed, depth);
            case "array" -> array(schema, seed, depth);
            case "integer" -> scalars.integer(schema, seed);
            case "number" -> scalars.number(schema, seed);
            case "boolean" -> JsonNodeFactory.instance.booleanNode((seed & 1) == 0);
            case "null" -> NullNode.instance;
            default -> counted(scalars.string(schema, seed));
        };
    }

    private JsonNode counted(JsonNode text) throws InvalidLineRequest {
        characters += text.textValue().length();
        if (characters > MAX_CHARACTERS) {
            throw InvalidLineRequest.invalid("schema", "Its instance has more than " + MAX_CHARACTERS + " characters.");
        }
        return text;
    }

    private JsonNode resolve(String reference) throws InvalidLineRequest {
        JsonNode schema = reference.equals("#") ? root
                : reference.startsWith("#/") ? root.at(reference.substring(1)) : NullNode.instance;
        if (!schema.isObject()) {
            throw InvalidLineRequest.invalid("schema", "There is no '" + reference + "' in it.");
        }
        return schema;
    }

    /** A nullable type is generated as a value, because that shows more. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode alternative : type) {
            if (!"null".equals(alternative.asText())) {
                return alternative.asText();
            }
        }
        if (type.isTextual()) {
            return type.textValue();
        }
        return schema.has("properties") ? "object" : schema.has("items") ? "array" : "string";
    }

    private static JsonNode pick(JsonNode values, long seed) throws InvalidLineRequest {
        if (values.isEmpty()) {
            throw InvalidLineRequest.invalid("schema", "It has an 'enum' without values.");
        }
        return values.get((int) Long.remainderUnsigned(Hash64.mix(seed), values.size()));
    }

    private static JsonNode alternative(JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        JsonNode alternatives = schema.has("anyOf") ? schema.get("anyOf") : schema.get("oneOf");
        if (depth >= DEPTH_OF_OPTIONAL) {
            for (JsonNode alternative : alternatives) {
                if (isFlat(alternative)) {
                    return alternative;
                }
            }
        }
        return pick(alternatives, seed);
    }

    private static boolean isFlat(JsonNode schema) {
        String type = type(schema);
        return !schema.has("$ref") && !type.equals("object") && !type.equals("array");
    }

    private JsonNode all(JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        ObjectNode merged = object(schema, seed, depth);
        JsonNode last = merged;
        for (JsonNode part : schema.get("allOf")) {
            last = generate(part, seed, depth + 1);
            if (last instanceof ObjectNode object) {
                merged.setAll(object);
            }
        }
        return last.isObject() ? merged : last;
    }

    private ObjectNode object(JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ObjectNode object = Answers.object();
        for (var property : schema.path("properties").properties()) {
            String name = property.getKey();
            if (depth < DEPTH_OF_OPTIONAL || required.contains(name)) {
                object.set(name, generate(property.getValue(), Hash64.mix(seed ^ Hash64.of(name)), depth + 1));
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, long seed, int depth) throws InvalidLineRequest {
        int min = Math.min(schema.path("minItems").asInt(0), MAX_ITEMS);
        int max = schema.path("maxItems").asInt(Math.max(min, 2));
        int wished = depth < DEPTH_OF_OPTIONAL ? 1 + (int) (seed & 1) : 0;
        int size = Math.max(min, Math.min(max, wished));
        boolean unique = schema.path("uniqueItems").asBoolean();
        Set<JsonNode> seen = new HashSet<>();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int attempt = 0; array.size() < size && attempt < 2 * MAX_ITEMS; attempt++) {
            JsonNode item = generate(schema.path("items"), Hash64.mix(seed + attempt), depth + 1);
            if (!unique || seen.add(item)) {
                array.add(item);
            }
        }
        return array;
    }
}
