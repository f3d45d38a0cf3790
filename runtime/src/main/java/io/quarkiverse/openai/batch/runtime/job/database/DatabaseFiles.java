package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.FileDraft;
import io.quarkiverse.openai.batch.runtime.job.files.LocalFile;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.files.VerifiedInput;

/** The files of chunks in compressed pieces, each a row. One piece is in memory at a time. */
public final class DatabaseFiles implements ChunkFiles {

    private static final Duration UNNAMED_FOR = Duration.ofDays(1);

    private final Database database;
    private final Epochs epochs;
    private final Scratch scratch;

    /**
     * @param scratch takes copies of files for what needs one on disk
     */
    public DatabaseFiles(Database database, Epochs epochs, Scratch scratch) {
        this.database = database;
        this.epochs = epochs;
        this.scratch = scratch;
    }

    @Override
    public FileDraft draft(String job, ChunkFile kind) throws IOException {
        String id = kind.name(UUID.randomUUID().toString().replace("-", ""));
        String epoch = epochs.id();
        try {
            database.run(connection -> {
                int made = Sql.update(connection,
                        Epochs.FENCE + "INSERT INTO openai_batch_files (id, namespace, job, created_at) "
                                + "SELECT ?, ?, ?, now() FROM epoch",
                        epoch, id, database.namespace(), job);
                if (made == 0) {
                    epochs.requireOpen(connection);
                }
                return made;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new PieceDraft(database, epochs, id);
    }

    @Override
    public InputStream open(String job, StoredFile file) throws IOException {
        return new VerifiedInput(new PieceInput(database, file, 0), file.sha256(), name(file));
    }

    @Override
    public InputStream openAt(String job, StoredFile file, long offset) throws IOException {
        return new PieceInput(database, file, offset);
    }

    @Override
    public LocalFile local(String job, StoredFile file) throws IOException {
        Path copy = scratch.newFile(".copy");
        try (InputStream in = open(job, file); OutputStream out = Files.newOutputStream(copy)) {
            if (in.transferTo(out) != file.bytes()) {
                throw new DamagedFileException(name(file));
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return new LocalFile() {
            @Override
            public Path path() {
                return copy;
            }

            @Override
            public void close() throws IOException {
                Files.deleteIfExists(copy);
            }
        };
    }

    static String name(StoredFile file) {
        return file.id() + " in the table openai_batch_pieces";
    }

    /** Deletes what no row came to name: files of processes that were halted. */
    void deleteUnnamed() {
        database.run(connection -> Sql.update(connection, "DELETE FROM openai_batch_files WHERE namespace = ? AND NOT named "
                + "AND created_at < now() - ? * interval '1 second'", database.namespace(), UNNAMED_FOR.toSeconds()));
    }
}
