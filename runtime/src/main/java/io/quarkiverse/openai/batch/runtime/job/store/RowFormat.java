package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Rows as JSON, with the number of their format. */
final class RowFormat {

    /** Rises when rows of this version would be misread by the one before. */
    static final int NUMBER = 1;

    private static final Logger LOG = Logger.getLogger(RowFormat.class);

    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private RowFormat() {
    }

    /** A stored row cannot be read. The message names its file, and says what can be done. */
    static final class UnreadableRowException extends IOException {

        private static final long serialVersionUID = 1L;

        UnreadableRowException(Path file, String why, Throwable cause) {
            super(("%s cannot be read: %s. Its job is set aside, so that it is neither run nor changed. Restore the file, or "
                    + "delete its folder, then start again").formatted(file, why), cause);
        }

        /** A row of a later version. */
        UnreadableRowException(Path file, int format) {
            super(("%s has format %d, and this version reads up to %d. Its job is left alone: run it with the later version")
                    .formatted(file, format, NUMBER));
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

    static JobRow job(Path file, JobDirectory directory) throws UnreadableRowException {
        JobRow job = read(file, JobRow.class);
        if (!file.getParent().equals(directory.of(job.name()))) {
            throw new UnreadableRowException(file, "it is the row of another job", null);
        }
        return job;
    }

    /**
     * @param job the job that it must be of
     */
    static ChunkRow chunk(Path file, String job) throws UnreadableRowException {
        ChunkRow chunk = read(file, ChunkRow.class);
        if (!chunk.job().equals(job) || !file.endsWith(JobDirectory.rowName(chunk.number()))) {
            throw new UnreadableRowException(file, "it is the row of another chunk", null);
        }
        return chunk;
    }

    /** What was learned of an account can be learned again. */
    static AccountRow account(Path file, String name) {
        if (!Files.exists(file)) {
            return AccountRow.of(name);
        }
        try {
            return read(file, AccountRow.class);
        } catch (UnreadableRowException e) {
            LOG.warnf("What was learned of account %s is lost: %s", name, e.getMessage());
            return AccountRow.of(name);
        }
    }

    private static <T> T read(Path file, Class<T> type) throws UnreadableRowException {
        try {
            JsonNode envelope = MAPPER.readTree(Files.readAllBytes(file));
            int format = envelope.path("format").asInt();
            if (format > NUMBER) {
                throw new UnreadableRowException(file, format);
            }
            if (format <= 0 || !envelope.path("row").isObject()) {
                throw new UnreadableRowException(file, "it is no row", null);
            }
            return MAPPER.treeToValue(envelope.get("row"), type);
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
