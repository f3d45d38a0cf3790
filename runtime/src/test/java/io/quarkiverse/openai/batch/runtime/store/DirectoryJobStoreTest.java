package io.quarkiverse.openai.batch.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryJobStoreTest extends JobStoreContract {

    @TempDir
    Path root;

    private JobDirectory directory;
    private JobStore store;

    @BeforeEach
    void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Override
    JobStore store() {
        return store;
    }

    @Override
    JobStore reopened() {
        directory.close();
        open();
        return store;
    }

    @Test
    void aDirectoryIsForOneAtATime() {
        assertThatThrownBy(() -> JobDirectory.open(root)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void draftsOfADeadProcessAreDeleted() throws Exception {
        Path draft = Files.createFile(directory.draft("a", ".jsonl"));
        reopened();
        assertThat(draft).doesNotExist();
    }
}
