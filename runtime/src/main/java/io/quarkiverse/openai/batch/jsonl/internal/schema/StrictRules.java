package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes a schema strict as OpenAI defines it (Structured Outputs guide, 2026-08), or refuses it. */
final class StrictRules {

    private static final String REFERENCE = "$ref";
    private static final Set<String> DESCRIBING = Set.of("type", REFERENCE, "enum", "const", "anyOf");
    private static final Set<String> UNKNOWN = Set.of("allOf", "oneOf", "not", "if", "patternProperties", "dependentSchemas");

    private final ObjectNode root;
    private final Type type;

    StrictRules(ObjectNode root, Type type) {
        this.root = root;
        this.type = type;
    }

    /**
     * @throws IllegalArgumentException if a part of the type has no strict schema
     */
    void apply() {
        apply(root, false);
    }

    private void apply(JsonNode node, boolean inlined) {
        if (!(node instanceof ObjectNode schema)) {
            node.forEach(child -> apply(child, inlined));
            return;
        }
        boolean described = schema.has(REFERENCE) && schema.size() > 1;
        if (described && inlined) {
            // once is enough: a type that refers to itself would never end
            schema.retain(REFERENCE);
        } else if (described) {
            inline(schema);
        }
        check(schema);
        schema.fields().forEachRemaining(field -> {
            boolean named = field.getKey().equals("properties") || field.getKey().equals("$defs");
            Iterable<JsonNode> children = named ? field.getValue() : List.of(field.getValue());
            children.forEach(child -> apply(child, inlined || described));
        });
    }

    /** A reference cannot have a description: it is replaced by what it refers to, as openai-python does. */
    private void inline(ObjectNode schema) {
        JsonNode target = root.at(schema.remove(REFERENCE).asText().substring(1));
        for (Iterator<Map.Entry<String, JsonNode>> fields = target.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!schema.has(field.getKey()) && !field.getKey().equals("$defs")) {
                schema.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }

    private void check(ObjectNode schema) {
        boolean freeObject = "object".equals(schema.path("type").asText()) && schema.path("properties").isEmpty();
        if (freeObject || DESCRIBING.stream().noneMatch(schema::has)) {
            throw new IllegalArgumentException(type.getTypeName()
                    + " has a part without fields, such as a map or an Object, which a strict schema cannot describe."
                    + " (In a native image, also a class that is not registered for reflection)");
        }
        schema.fieldNames().forEachRemaining(keyword -> {
            if (UNKNOWN.contains(keyword)) {
                throw new IllegalArgumentException(
                        type.getTypeName() + " needs \"" + keyword + "\", which a strict schema does not have");
            }
        });
    }
}
