package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

/** Writes Unix seconds, as OpenAI does. */
final class TimestampSerializer extends StdSerializer<Instant> {

    private static final long serialVersionUID = 1L;

    TimestampSerializer() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(instant.getEpochSecond());
    }
}
