package io.quarkiverse.openai.batch.emulator.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import io.quarkiverse.openai.batch.emulator.api.ApiException;

/** The JSON of the control interface: durations are ISO-8601 or a number of seconds, unknown fields are errors. */
final class ControlJson {

    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new SimpleModule()
            .addDeserializer(Duration.class, new DurationDeserializer())
            .addSerializer(Duration.class, ToStringSerializer.instance)
            .addSerializer(Instant.class, ToStringSerializer.instance));

    private ControlJson() {
    }

    static <T> T read(JsonNode json, Class<T> type) {
        if (json.isMissingNode() || json.isNull()) {
            throw ApiException.badRequest("A " + type.getSimpleName() + " in JSON is missing.", null, null);
        }
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest(e.getOriginalMessage(), null, null);
        }
    }

    /** The value with the fields of the JSON replaced. */
    static <T> T merge(T value, JsonNode json, Class<T> type) {
        ObjectNode merged = MAPPER.valueToTree(value);
        json.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        return read(merged, type);
    }

    static JsonNode write(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static final class DurationDeserializer extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;
        private static final double MAX_SECONDS = 1e9;

        DurationDeserializer() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isNumeric()) {
                double seconds = parser.getDoubleValue();
                if (!(Math.abs(seconds) <= MAX_SECONDS)) {
                    throw context.weirdNumberException(seconds, Duration.class, "not a number of seconds below 10^9");
                }
                return Duration.ofMillis(Math.round(seconds * 1_000));
            }
            try {
                return Duration.parse(parser.getText());
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(parser.getText(), Duration.class, "not ISO-8601, such as PT1.5S");
            }
        }
    }
}
