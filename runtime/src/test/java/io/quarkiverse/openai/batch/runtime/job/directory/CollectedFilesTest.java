package io.quarkiverse.openai.batch.runtime.job.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequestsContract;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class CollectedFilesTest extends CollectedRequestsContract {

    @TempDir
    Path root;

    private JobDirectory directory;
    private JobStore store;

    @BeforeEach
    void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Override
    protected JobStore store() {
        return store;
    }

    @Override
    protected JobStore reopened() {
        directory.close();
        open();
        return store;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(path -> path.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void whatAHaltBrokeOffDoesNotCount() throws IOException {
        store.collected().add(REVIEWS, entry("a", "{}"), true);
        String whole = Files.readAllLines(files().get(0)).get(1);
        append(files().get(0), whole.substring(0, whole.length() - 1));
        reopened();
        assertThat(store.collected().waiting(REVIEWS, 10).lines()).isEqualTo(1);
        store.collected().add(REVIEWS, entry("b", "{}"), true);
        assertThat(reopened().collected().waiting(REVIEWS, 10).lines()).isEqualTo(2);
    }

    @Test
    void aDamagedRequestCostsItself() throws IOException {
        store.collected().add(REVIEWS, entry("a", "{\"x\":1}"), true);
        store.collected().add(REVIEWS, entry("b", "{\"x\":1}"), true);
        directory.close();
        Path file = files().get(0);
        List<String> lines = Files.readAllLines(file);
        lines.set(1, lines.get(1).replace("1}", "2}"));
        Files.writeString(file, String.join("\n", lines) + "\n");
        open();
        assertThat(store.collected().waiting(REVIEWS, 10).lines()).isEqualTo(1);
        assertThat(store.collected().add(REVIEWS, entry("b", "{\"x\":1}"), true)).isFalse();
        assertThat(store.collected().add(REVIEWS, entry("a", "{\"x\":1}"), true)).isTrue();
    }

    @Test
    void aHaltBeforeTheLinesWereDeletedLeavesThemOnce() throws IOException {
        store.collected().add(REVIEWS, entry("a", "{}"), true);
        store.collected().claim(REVIEWS, "job", 10, 10);
        Path file = files().get(0);
        byte[] before = Files.readAllBytes(file);
        store.collected().wereRead("job");
        assertThat(files()).hasSize(1).doesNotContain(file);
        directory.close();
        Files.write(file, before);
        open();
        assertThat(store.collected().has("job")).isTrue();
        store.collected().wereRead("job");
        assertThat(reopened().collected().has("job")).isFalse();
        assertThat(store.collected().add(REVIEWS, entry("a", "{}"), true)).isFalse();
        assertThat(files()).hasSize(1);
    }

    @Test
    void nothingIsAddedOnceTheDirectoryIsClosed() {
        directory.close();
        assertThatThrownBy(() -> store.collected().add(REVIEWS, entry("a", "{}"), true))
                .isInstanceOf(EpochEndedException.class);
    }
}
