package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFilesContract;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;

class DatabaseFilesTest extends ChunkFilesContract {

    private final AgroalDataSource pool = Postgres.pool(3);
    private final Database database = new Database(pool, Postgres.namespace(), CallerTransaction.NONE);
    private final Epochs epochs = new Epochs(database);
    private final Scratch scratch = new Scratch(null);
    private final DatabaseFiles files = new DatabaseFiles(database, epochs, scratch);

    @AfterEach
    void close() {
        epochs.close();
        scratch.close();
        pool.close();
    }

    @Override
    protected ChunkFiles files() {
        return files;
    }

    @Override
    protected void name(StoredFile file) {
        database.run(connection -> {
            new RowWriter(database.namespace()).name(connection, List.of(file));
            return null;
        });
    }

    @Override
    protected void damage(StoredFile file) {
        database.run(connection -> Sql.update(connection,
                "UPDATE openai_batch_pieces SET content = set_byte(content, 5000, get_byte(content, 5000) # 1) WHERE file = ? AND number = 1",
                file.id()));
    }

    @Test
    void whatNoRowCameToNameIsDeletedAfterADay() throws IOException {
        StoredFile named = store(content(10, true));
        StoredFile left;
        try (FileOutput out = FileOutput.of(files, JOB, ChunkFile.IDS)) {
            out.write(1);
            left = out.finish();
            files.deleteUnnamed();
            files.open(JOB, left).close();
            database.run(connection -> Sql.update(connection,
                    "UPDATE openai_batch_files SET created_at = created_at - interval '25 hours'"));
            files.deleteUnnamed();
        }
        assertThatThrownBy(() -> files.open(JOB, left)).isInstanceOf(DamagedFileException.class);
        files.open(JOB, named).close();
    }

    @Test
    void nothingIsWrittenByAProcessThatWasTakenForDead() throws IOException {
        try (FileOutput begun = FileOutput.of(files, JOB, ChunkFile.IDS)) {
            new Epochs(database).end(epochs.id());
            assertThatThrownBy(() -> FileOutput.of(files, JOB, ChunkFile.IDS)).isInstanceOf(EpochEndedException.class);
        }
    }
}
