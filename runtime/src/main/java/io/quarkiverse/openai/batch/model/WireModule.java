package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * Reads the scalars of the wire, wherever they are: a value that is none of its type is absent. Jackson itself refuses the
 * whole body for a number out of range, and computes with what another sent before it looks at the size.
 */
final class WireModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** What is read of the current value; null if it is none of the type. */
    private interface Reading<T> {
        T of(JsonParser parser) throws IOException;
    }

    WireModule() {
        super("wire");
        scalar(String.class, LooseValue::text, null);
        scalar(Boolean.class, LooseValue::bool, null);
        scalar(boolean.class, LooseValue::bool, false);
        scalar(Integer.class, WireModule::intCount, null);
        scalar(Long.class, parser -> LooseValue.count(parser, Long.MAX_VALUE), null);
        scalar(long.class, parser -> LooseValue.count(parser, Long.MAX_VALUE), 0L);
        scalar(Object.class, LooseValue::any, null);
        addDeserializer(Instant.class, new TimestampDeserializer());
        setDeserializerModifier(new WireObjects());
    }

    private static Integer intCount(JsonParser parser) throws IOException {
        Long count = LooseValue.count(parser, Integer.MAX_VALUE);
        return count == null ? null : count.intValue();
    }

    private <T> void scalar(Class<T> type, Reading<T> reading, T absent) {
        addDeserializer(type, new Scalar<>(type, reading, absent));
    }

    private static final class Scalar<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Reading<T> reading;
        private final transient T absent;

        Scalar(Class<T> type, Reading<T> reading, T absent) {
            super(type);
            this.reading = reading;
            this.absent = absent;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            T value = reading.of(parser);
            return value == null ? absent : value;
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return absent;
        }
    }
}
