package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;

/** Rows as JSON, with the number of their format. */
public final class RowFormat {

    /** Rises when rows of this version would be misread by the one before. */
    static final int NUMBER = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Instant.class, new StoredTime()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private RowFormat() {
    }

    /**
     * A time that an earlier process stored. Its clock may have been ahead: a time in the future then becomes the time of the
     * reading, so that a span that began is waited for from now on. Times of the server and those that are to come stay.
     */
    private static final class StoredTime extends StdDeserializer<Instant> {

        static final String NOW = "now";

        private static final long serialVersionUID = 1L;

        private static final Set<String> OTHERS = Set.of("createdAt", "expiresAt", "date", "until", "next", "leaseEnd",
                "deadline");
        /** From when on a batch is looked for: rather too early than too late. */
        private static final Set<String> SEARCHED_FROM = Set.of("at", "uploadedAt");
        private static final Duration WRONG_BY = Duration.ofDays(1);

        StoredTime() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String name = parser.currentName();
            Instant time = InstantDeserializer.INSTANT.deserialize(parser, context);
            Instant now = (Instant) context.getAttribute(NOW);
            if (!time.isAfter(now) || OTHERS.contains(name)) {
                return time;
            }
            return SEARCHED_FROM.contains(name) ? now.minus(WRONG_BY) : now;
        }
    }

    /** A stored row cannot be read. The message says why. */
    public static final class UnreadableRowException extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean isOfLaterVersion;

        public UnreadableRowException(String why, Throwable cause) {
            super(why, cause);
            isOfLaterVersion = false;
        }

        private UnreadableRowException(int format) {
            super("has format %d, and this version reads up to %d. Its job is left alone: run it with the later version"
                    .formatted(format, NUMBER));
            isOfLaterVersion = true;
        }

        private UnreadableRowException(InvalidFormatException unknown) {
            super("has a %s that this version does not know. Its job is left alone: run it with the later version"
                    .formatted(unknown.getTargetType().getSimpleName()), unknown);
            isOfLaterVersion = true;
        }

        /** Whether it is a row of a later version, which must stay as it is. */
        public boolean isOfLaterVersion() {
            return isOfLaterVersion;
        }
    }

    private record Envelope(int format, Object row) {
    }

    public static byte[] write(Object row) {
        try {
            return MAPPER.writeValueAsBytes(new Envelope(NUMBER, row));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row has a value that is not JSON", e);
        }
    }

    /**
     * @param now later times that can only be past ones are taken for this
     */
    public static <T> T read(byte[] json, Class<T> type, Instant now) throws UnreadableRowException {
        try {
            JsonNode envelope = MAPPER.readTree(json);
            int format = envelope.path("format").asInt();
            if (format > NUMBER) {
                throw new UnreadableRowException(format);
            }
            if (format <= 0 || !envelope.path("row").isObject()) {
                throw new UnreadableRowException("it is no row", null);
            }
            return MAPPER.readerFor(type).withAttribute(StoredTime.NOW, now).readValue(envelope.get("row"));
        } catch (UnreadableRowException e) {
            throw e;
        } catch (IOException e) {
            if (e instanceof InvalidFormatException unknown && unknown.getTargetType().isEnum()) {
                throw new UnreadableRowException(unknown);
            }
            throw new UnreadableRowException("it is damaged", e);
        }
    }
}
