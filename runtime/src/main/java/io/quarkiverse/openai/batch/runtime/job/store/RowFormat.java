package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;

/** Rows as JSON, with the number of their format. */
final class RowFormat {

    /** Rises when rows of this version would be misread by the one before. */
    static final int NUMBER = 1;

    private static final Logger LOG = Logger.getLogger(RowFormat.class);

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

    /** A stored row cannot be read. The message names its file, and says what can be done. */
    static final class UnreadableRowException extends IOException {

        private static final long serialVersionUID = 1L;

        final boolean isOfLaterVersion;

        UnreadableRowException(Path file, String why, Throwable cause) {
            super(("%s cannot be read: %s. Its job is set aside, so that it is neither run nor changed. Restore the file, or "
                    + "delete its folder, then start again").formatted(file, why), cause);
            isOfLaterVersion = false;
        }

        /** A row of a later version. */
        UnreadableRowException(Path file, int format) {
            super(("%s has format %d, and this version reads up to %d. Its job is left alone: run it with the later version")
                    .formatted(file, format, NUMBER));
            isOfLaterVersion = true;
        }
    }

    private record Envelope(int format, Object row) {
    }

    static byte[] write(Object row) {
        try {
            return MAPPER.writeValueAsBytes(new Envelope(NUMBER, row));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row has a value that is not JSON", e);
        }
    }

    static JobRow job(Path file, JobDirectory directory, Instant now) throws UnreadableRowException {
        JobRow job = read(file, JobRow.class, now);
        if (!file.getParent().equals(directory.of(job.name()))) {
            throw new UnreadableRowException(file, "it is the row of another job", null);
        }
        return job;
    }

    /**
     * @param job the job that it must be of
     */
    static ChunkRow chunk(Path file, String job, Instant now) throws UnreadableRowException {
        ChunkRow chunk = read(file, ChunkRow.class, now);
        if (!chunk.job().equals(job) || !file.endsWith(JobDirectory.rowName(chunk.number()))) {
            throw new UnreadableRowException(file, "it is the row of another chunk", null);
        }
        return chunk;
    }

    /** What was learned of an account can be learned again. A row of a later version stays. */
    static AccountRow account(Path file, String name, Instant now) {
        if (!Files.exists(file)) {
            return AccountRow.of(name);
        }
        try {
            return read(file, AccountRow.class, now);
        } catch (UnreadableRowException e) {
            LOG.warnf("What was learned of account %s is not known: %s", name, e.getMessage());
            return e.isOfLaterVersion ? AccountRow.unwritten(name) : AccountRow.of(name);
        }
    }

    private static <T> T read(Path file, Class<T> type, Instant now) throws UnreadableRowException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // a pipe would be waited for
            throw new UnreadableRowException(file, "it is no regular file", null);
        }
        try {
            JsonNode envelope = MAPPER.readTree(Files.readAllBytes(file));
            int format = envelope.path("format").asInt();
            if (format > NUMBER) {
                throw new UnreadableRowException(file, format);
            }
            if (format <= 0 || !envelope.path("row").isObject()) {
                throw new UnreadableRowException(file, "it is no row", null);
            }
            return MAPPER.readerFor(type).withAttribute(StoredTime.NOW, now).readValue(envelope.get("row"));
        } catch (UnreadableRowException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new UnreadableRowException(file, "it is gone", e);
        } catch (JsonProcessingException e) {
            throw new UnreadableRowException(file, "it is damaged", e);
        } catch (IOException e) {
            throw new UnreadableRowException(file, e.toString(), e);
        }
    }
}
