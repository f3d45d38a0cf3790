package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFilesContract;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class JobDirectoryTest extends ChunkFilesContract {

    @TempDir
    Path root;

    private JobDirectory directory;
    private JobStore store;

    @BeforeEach
    void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
        store.insert(Rows.job(JOB));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Override
    protected ChunkFiles files() {
        return directory;
    }

    @Override
    protected void name(StoredFile file) {
        store.insert(Rows.chunk(JOB, 0).with(ChunkFile.RESULTS, file));
    }

    @Override
    protected void damage(StoredFile file) throws IOException {
        Path path = directory.of(JOB).resolve(file.id());
        byte[] content = Files.readAllBytes(path);
        content[content.length / 2] ^= 1;
        Files.write(path, content);
    }
}
