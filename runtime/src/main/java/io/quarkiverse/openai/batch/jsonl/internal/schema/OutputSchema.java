package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

/**
 * The JSON schema of a structured answer, within what OpenAI takes as strict (Structured Outputs guide, 2026-08): the root is
 * an
 * object, every field is required, and there are no others. A type that is no object, such as a list, becomes the field
 * {@value #WRAPPER} of one.
 */
public final class OutputSchema {

    public static final String WRAPPER = "value";
    private static final int MAX_NAME_LENGTH = 64;

    private final String name;
    private final ObjectNode schema;

    private OutputSchema(String name, ObjectNode schema) {
        this.name = name;
        this.schema = schema;
    }

    public static OutputSchema of(Class<?> type) {
        return of((Type) type);
    }

    public static OutputSchema of(TypeReference<?> type) {
        return of(type.getType());
    }

    private static OutputSchema of(Type type) {
        JavaType javaType = Json.MAPPER.constructType(type);
        ObjectNode schema;
        try {
            schema = StrictSchema.of(type);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("Structured answers need the dependencies com.github.victools:"
                    + "jsonschema-generator and com.github.victools:jsonschema-module-jackson", e);
        }
        return new OutputSchema(name(javaType), isWrapped(javaType) ? wrap(schema) : schema);
    }

    /** Whether the type is no JSON object by itself. */
    public static boolean isWrapped(JavaType type) {
        Class<?> raw = type.getRawClass();
        boolean standard = raw.getName().startsWith("java.") && !type.isMapLikeType() && raw != Object.class;
        return standard || type.isCollectionLikeType() || type.isArrayType() || type.isEnumType() || type.isPrimitive();
    }

    private static ObjectNode wrap(ObjectNode schema) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.put("type", "object");
        ObjectNode value = schema.deepCopy();
        if (value.remove("$defs") instanceof ObjectNode definitions) {
            object.set("$defs", definitions);
        }
        object.putObject("properties").set(WRAPPER, value);
        object.putArray("required").add(WRAPPER);
        object.put("additionalProperties", false);
        return object;
    }

    /** Of letters, digits, dashes and underscores, as the API asks for. */
    private static String name(JavaType type) {
        String simple = type.hasContentType() ? type.getContentType().getRawClass().getSimpleName() + "_list"
                : type.getRawClass().getSimpleName();
        String allowed = simple.replaceAll("[^A-Za-z0-9_-]", "_");
        return allowed.substring(0, Math.min(MAX_NAME_LENGTH, allowed.length()));
    }

    /** What a request bears: name, strict and schema. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("name", name);
        parameters.put("strict", true);
        parameters.put("schema", schema);
        return parameters;
    }
}
