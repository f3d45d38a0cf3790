package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks JSON against a schema, within what OpenAI takes as strict (Structured Outputs guide, 2026-08). Other keywords, such as
 * {@code pattern} and {@code format}, are not judged.
 */
public final class SchemaCheck {

    private static final int DEEPEST = 200;

    private final JsonNode root;

    public SchemaCheck(JsonNode schema) {
        this.root = schema;
    }

    /** Where and how a value does not follow the schema, without what it says; null if it does. */
    public String violation(JsonNode value) {
        return violation(root, value, "$", 0);
    }

    private String violation(JsonNode schema, JsonNode value, String path, int depth) {
        if (depth > DEEPEST || schema.isBoolean()) {
            return schema.isBoolean() && !schema.booleanValue() ? path + " must not be there" : null;
        }
        if (schema.path("$ref").isTextual() && schema.get("$ref").textValue().startsWith("#")) {
            JsonNode target = root.at(schema.get("$ref").textValue().substring(1));
            return target.isMissingNode() ? null : violation(target, value, path, depth + 1);
        }
        String wrong = type(schema, value, path);
        wrong = wrong == null ? values(schema, value, path) : wrong;
        wrong = wrong == null ? combined(schema, value, path, depth) : wrong;
        if (wrong != null || !value.isContainerNode()) {
            return wrong == null ? bounds(schema, value, path) : wrong;
        }
        return value.isObject() ? fields(schema, value, path, depth) : items(schema, value, path, depth);
    }

    private static String type(JsonNode schema, JsonNode value, String path) {
        JsonNode type = schema.path("type");
        boolean isOne = type.isMissingNode() || type.isTextual() && is(type.textValue(), value)
                || type.isArray() && any(type, one -> is(one.asText(), value));
        return isOne ? null : path + " is not of type " + (type.isTextual() ? type.textValue() : type.toString());
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" ->
                value.isIntegralNumber() || value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            default -> true;
        };
    }

    private interface Test {

        boolean of(JsonNode node);
    }

    private static boolean any(JsonNode array, Test test) {
        return StreamSupport.stream(array.spliterator(), false).anyMatch(test::of);
    }

    private static String values(JsonNode schema, JsonNode value, String path) {
        if (schema.has("const") && !schema.get("const").equals(value)
                || schema.path("enum").isArray() && !any(schema.get("enum"), value::equals)) {
            return path + " is none of the allowed values";
        }
        return null;
    }

    private String combined(JsonNode schema, JsonNode value, String path, int depth) {
        for (String keyword : new String[] { "anyOf", "oneOf" }) {
            if (schema.path(keyword).isArray()
                    && !any(schema.get(keyword), one -> violation(one, value, path, depth + 1) == null)) {
                return path + " is none of the allowed forms";
            }
        }
        for (JsonNode each : schema.path("allOf")) {
            String wrong = violation(each, value, path, depth + 1);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static String bounds(JsonNode schema, JsonNode value, String path) {
        boolean isIn = !value.isNumber()
                || (!schema.path("minimum").isNumber()
                        || value.decimalValue().compareTo(schema.get("minimum").decimalValue()) >= 0)
                        && (!schema.path("maximum").isNumber()
                                || value.decimalValue().compareTo(schema.get("maximum").decimalValue()) <= 0);
        return isIn ? null : path + " is out of its bounds";
    }

    private String fields(JsonNode schema, JsonNode value, String path, int depth) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                return path + " has no field " + name.asText();
            }
        }
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            boolean known = properties.has(field.getKey());
            if (!known && others.isBoolean() && !others.booleanValue()) {
                return path + " has a field that was not asked for";
            }
            JsonNode ofField = known ? properties.get(field.getKey()) : others;
            String wrong = ofField.isMissingNode() ? null
                    : violation(ofField, field.getValue(), known ? path + "." + field.getKey() : path + ".*", depth + 1);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private String items(JsonNode schema, JsonNode value, String path, int depth) {
        if (value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            return path + " has too few or too many items";
        }
        for (int n = 0; n < value.size() && schema.has("items"); n++) {
            String wrong = violation(schema.get("items"), value.get(n), path + "[" + n + "]", depth + 1);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }
}
