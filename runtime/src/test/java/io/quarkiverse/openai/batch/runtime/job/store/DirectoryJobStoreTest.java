package io.quarkiverse.openai.batch.runtime.job.store;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.ForkedJvm;

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
    void aSecondOpeningThatIsRefusedLeavesTheLockToTheFirst() throws Exception {
        assertThatThrownBy(() -> JobDirectory.open(root)).isInstanceOf(IllegalStateException.class);
        assertThat(ForkedJvm.run(OpensADirectory.class, root.toString())).contains(
                "is in use by process " + ProcessHandle.current().pid() + " since ");
    }

    @Test
    void foldersOfOthersStay() throws IOException {
        directory.close();
        Path folder = Files.createDirectories(root.resolve("job-descriptions"));
        directory = JobDirectory.open(root);
        assertThat(folder).exists();
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

    @Test
    void whileOneHasADirectoryOthersCanReadIt() throws Exception {
        Path draft = Files.createFile(directory.draft("a", ".jsonl"));
        JobRow job = store.insert(job("a"));
        try (JobDirectory reading = JobDirectory.readOnly(root)) {
            JobStore read = new DirectoryJobStore(reading);
            assertThat(read.job("a")).contains(job);
            assertThat(draft).exists();
            assertThatThrownBy(() -> read.update(job)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("opened to read it");
            assertThatThrownBy(() -> read.delete(job)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> reading.draft("a", ".jsonl")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store.update(job).version()).isEqualTo(job.version() + 1);
    }

    @Test
    void whatADeletionThatWasHaltedLeftIsNotOfTheNextJobOfThatName() throws Exception {
        store.insert(job("a"));
        store.insert(chunk("a", 1));
        store.insert(chunk("a", 2));
        Files.delete(directory.of("a").resolve("job.json"));
        reopened();
        store.insert(job("a"));
        store.insert(chunk("a", 1));
        assertThat(reopened().chunks("a")).extracting(ChunkRow::number).containsExactly(1);
    }
}
