package io.quarkiverse.openai.batch.langchain4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.langchain4j.exception.UnsupportedFeatureException;
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
import io.quarkiverse.openai.batch.jsonl.RawJson;

/**
 * Makes JSON schemas as they are on the wire. Strict ones follow OpenAI's rules of structured outputs: all properties are
 * required, those that are optional in the original may be null, and there are no others. A raw schema stays as it is.
 */
final class SchemaJson {

    private final boolean strict;

    private SchemaJson(boolean strict) {
        this.strict = strict;
    }

    /**
     * @throws UnsupportedFeatureException if a part of the schema has a type that is not known here
     * @throws IllegalArgumentException if a raw schema is no JSON object
     */
    static Object of(JsonSchemaElement schema, boolean strict) {
        return new SchemaJson(strict).element(schema);
    }

    private Object element(JsonSchemaElement schema) {
        if (schema instanceof JsonObjectSchema object) {
            return object(object);
        }
        if (schema instanceof JsonArraySchema array) {
            return JsonObject.of("type", "array", "description", array.description(),
                    "items", array.items() == null ? null : element(array.items()));
        }
        if (schema instanceof JsonEnumSchema values) {
            return JsonObject.of("type", "string", "description", values.description(), "enum", values.enumValues());
        }
        if (schema instanceof JsonAnyOfSchema any) {
            return JsonObject.of("description", any.description(), "anyOf", any.anyOf().stream().map(this::element).toList());
        }
        if (schema instanceof JsonReferenceSchema reference) {
            return JsonObject.of("$ref", "#/$defs/" + reference.reference());
        }
        if (schema instanceof JsonRawSchema raw) {
            return RawJson.of(raw.schema()).json();
        }
        return JsonObject.of("type", scalar(schema), "description", schema.description());
    }

    private static String scalar(JsonSchemaElement schema) {
        if (schema instanceof JsonStringSchema) {
            return "string";
        }
        if (schema instanceof JsonIntegerSchema) {
            return "integer";
        }
        if (schema instanceof JsonNumberSchema) {
            return "number";
        }
        if (schema instanceof JsonBooleanSchema) {
            return "boolean";
        }
        if (schema instanceof JsonNullSchema) {
            return "null";
        }
        throw new UnsupportedFeatureException("a JSON schema with a " + schema.getClass().getName() + " is not supported");
    }

    private Map<String, Object> object(JsonObjectSchema schema) {
        return JsonObject.of("type", "object", "description", schema.description(),
                "properties", strict ? allRequired(schema) : elements(schema.properties()),
                "required", strict ? List.copyOf(schema.properties().keySet()) : schema.required(),
                "additionalProperties", strict ? Boolean.FALSE : schema.additionalProperties(),
                "$defs", schema.definitions() == null || schema.definitions().isEmpty() ? null
                        : elements(schema.definitions()));
    }

    private Map<String, Object> elements(Map<String, JsonSchemaElement> schemas) {
        Map<String, Object> elements = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> elements.put(name, element(schema)));
        return elements;
    }

    private Map<String, Object> allRequired(JsonObjectSchema schema) {
        Map<String, Object> properties = elements(schema.properties());
        properties.replaceAll((name, property) -> schema.required() != null && schema.required().contains(name) ? property
                : Map.of("anyOf", List.of(property, Map.of("type", "null"))));
        return properties;
    }
}
