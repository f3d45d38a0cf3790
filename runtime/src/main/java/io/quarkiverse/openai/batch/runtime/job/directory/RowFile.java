package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat.UnreadableRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/** Reads rows of files, each of which must be where it belongs. What cannot be read is reported with its file. */
final class RowFile {

    private static final Logger LOG = Logger.getLogger(RowFile.class);

    private RowFile() {
    }

    /** A file has no row that can be read. The message names it, and says what can be done. */
    static final class UnreadableRowFileException extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean isOfLaterVersion;

        private UnreadableRowFileException(Path file, String why, Throwable cause) {
            super(("%s cannot be read: %s. Its job is set aside, so that it is neither run nor changed. Restore the file, or "
                    + "delete its folder, then start again").formatted(file, why), cause);
            isOfLaterVersion = false;
        }

        private UnreadableRowFileException(Path file, UnreadableRowException laterVersion) {
            super("%s %s".formatted(file, laterVersion.getMessage()), laterVersion);
            isOfLaterVersion = true;
        }
    }

    static JobRow job(Path file, JobDirectory directory, Instant now) throws UnreadableRowFileException {
        JobRow job = read(file, JobRow.class, now);
        if (!file.getParent().equals(directory.of(job.name()))) {
            throw new UnreadableRowFileException(file, "it is the row of another job", null);
        }
        return job;
    }

    /** A job with the rows of its chunks; if one cannot be read, the job is set aside. */
    static StoredJob job(JobRow row, JobDirectory directory, Instant now) {
        StoredJob job = new StoredJob(row);
        for (int number = 1; number <= row.chunks(); number++) {
            try {
                job.put(chunk(directory.row(row.name(), number), row.name(), now));
            } catch (UnreadableRowFileException e) {
                LOG.error(e.getMessage());
                job.setAside(e.getMessage());
            }
        }
        return job;
    }

    /** The names of the rows and files of the chunks of a job. */
    static Set<String> names(StoredJob job) {
        Set<String> names = new HashSet<>();
        for (ChunkRow chunk : job.chunks()) {
            names.add(JobDirectory.rowName(chunk.number()));
            chunk.files().values().forEach(file -> names.add(file.id()));
        }
        return names;
    }

    /**
     * @param job the job that it must be of
     */
    private static ChunkRow chunk(Path file, String job, Instant now) throws UnreadableRowFileException {
        ChunkRow chunk = read(file, ChunkRow.class, now);
        if (!chunk.job().equals(job) || !file.endsWith(JobDirectory.rowName(chunk.number()))) {
            throw new UnreadableRowFileException(file, "it is the row of another chunk", null);
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
        } catch (UnreadableRowFileException e) {
            LOG.warnf("What was learned of account %s is not known: %s", name, e.getMessage());
            return e.isOfLaterVersion ? AccountRow.unwritten(name) : AccountRow.of(name);
        }
    }

    private static <T> T read(Path file, Class<T> type, Instant now) throws UnreadableRowFileException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // a pipe would be waited for
            throw new UnreadableRowFileException(file, "it is no regular file", null);
        }
        try {
            return RowFormat.read(Files.readAllBytes(file), type, now);
        } catch (UnreadableRowException e) {
            throw e.isOfLaterVersion() ? new UnreadableRowFileException(file, e)
                    : new UnreadableRowFileException(file, e.getMessage(), e.getCause());
        } catch (NoSuchFileException e) {
            throw new UnreadableRowFileException(file, "it is gone", e);
        } catch (IOException e) {
            throw new UnreadableRowFileException(file, e.toString(), e);
        }
    }
}
