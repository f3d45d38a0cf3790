package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.lang.reflect.Type;
import java.util.Optional;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JsonPropertySorter;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

/**
 * Generates the schema of a type. Every field is required, as strict schemas demand; an {@link Optional} may be null. Fields
 * are in the order of their declaration, in which the model writes them. Only this class needs the generator, so the
 * others load without it.
 */
final class StrictSchema {

    private StrictSchema() {
    }

    static ObjectNode of(Type type) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(Json.MAPPER, SchemaVersion.DRAFT_2020_12,
                OptionPreset.PLAIN_JSON)
                .with(new JacksonModule())
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.PLAIN_DEFINITION_KEYS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forTypesInGeneral()
                .withPropertySorter(new JsonPropertySorter(false))
                .withCustomDefinitionProvider(StrictSchema::enumValues);
        config.forFields()
                .withRequiredCheck(field -> true)
                .withNullableCheck(StrictSchema::isOptional);
        ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(type);
        new StrictRules(schema, type).apply();
        return schema;
    }

    /** The values as Jackson will read them, however they are annotated. */
    private static CustomDefinition enumValues(ResolvedType type, SchemaGenerationContext context) {
        if (!type.getErasedType().isEnum()) {
            return null;
        }
        ObjectNode definition = context.getGeneratorConfig().createObjectNode().put("type", "string");
        ArrayNode values = definition.putArray("enum");
        for (Object constant : type.getErasedType().getEnumConstants()) {
            JsonNode value = Json.MAPPER.valueToTree(constant);
            values.add(value.asText());
        }
        return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.YES);
    }

    private static boolean isOptional(FieldScope field) {
        return field.getDeclaredType().getErasedType() == Optional.class;
    }
}
