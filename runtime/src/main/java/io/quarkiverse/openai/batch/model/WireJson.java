package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the wire with a mapper of its own, which no customizer of an application reaches.
 */
public final class WireJson {

    /** Bodies are bounded before they are read, and {@link LooseValue} bounds what is made of them; Jackson need not. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(100_000)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new WireModule())
            .build();

    private WireJson() {
    }

    /**
     * @throws IOException if the bytes are not JSON, or not of the type's shape
     */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        T value = MAPPER.readValue(json, type);
        if (value == null) {
            throw new IOException("The body is null where a " + type.getSimpleName() + " should be");
        }
        return value instanceof Batch batch ? type.cast(unwrapped(batch)) : value;
    }

    /**
     * @throws IllegalArgumentException if the value cannot be written as JSON
     */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /** Together answers a create with {@code {"job": {…}}}. */
    private static Batch unwrapped(Batch batch) {
        return batch.id() == null && batch.additionalProperties().get("job") instanceof Map<?, ?> job
                ? MAPPER.convertValue(job, Batch.class)
                : batch;
    }
}
