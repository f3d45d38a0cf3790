package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

/**
 * The JSON schema of a structured answer, within what OpenAI takes as strict (Structured Outputs guide, 2026-08): the root
 * is an object, every field is required, and no other field is allowed. A type that is not an object, such as a list, is
 * wrapped: it becomes the field {@value #WRAPPER} of an object.
 */
public final class OutputSchema {

    public static final String WRAPPER = "value";

    /** The version of the generator that this class is compiled with. Version 5 uses Jackson 3. */
    public static final String GENERATOR_VERSION = "4.38.0";
    public static final String GENERATOR_GROUP = "com.github.victools";
    public static final List<String> GENERATOR_ARTIFACTS = List.of("jsonschema-generator", "jsonschema-module-jackson");

    private static final int MAX_NAME_LENGTH = 64;
    private static final SchemaCache CACHE = new SchemaCache();

    private final Map<String, Object> parameters;

    private OutputSchema(String name, ObjectNode schema) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("strict", true);
        fields.put("schema", schema);
        this.parameters = Collections.unmodifiableMap(fields);
    }

    /**
     * The schema of a type; made at the first call, and cached.
     *
     * @throws IllegalArgumentException if a strict schema cannot describe the type
     * @throws IllegalStateException if the generator is missing or has another version
     */
    public static OutputSchema of(Type type) {
        JavaType javaType = Json.MAPPER.constructType(type);
        return CACHE.get(javaType, type, key -> generate(javaType, key));
    }

    private static OutputSchema generate(JavaType javaType, Type type) {
        try {
            ObjectNode schema = StrictSchema.of(type);
            return new OutputSchema(name(javaType), isWrapped(javaType) ? wrap(schema) : schema);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Structured answers need %1$s:%2$s and %1$s:%3$s in version %4$s; the class path lacks them or has others"
                            .formatted(GENERATOR_GROUP, GENERATOR_ARTIFACTS.get(0), GENERATOR_ARTIFACTS.get(1),
                                    GENERATOR_VERSION),
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(type.getTypeName() + " is nested too deeply for a schema", e);
        }
    }

    /** Whether the type is not a JSON object by itself. */
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

    /** The fields of a request: name, strict and schema. */
    public Map<String, Object> parameters() {
        return parameters;
    }
}
