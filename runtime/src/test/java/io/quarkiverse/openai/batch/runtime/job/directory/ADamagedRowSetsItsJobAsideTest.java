package io.quarkiverse.openai.batch.runtime.job.directory;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class ADamagedRowSetsItsJobAsideTest {

    @TempDir
    Path root;

    private JobDirectory directory;
    private JobStore store;

    @BeforeEach
    void twoJobs() throws IOException {
        open();
        for (String name : List.of("a", "b")) {
            store.insert(job(name));
            for (int number = 1; number <= 2; number++) {
                try (FileOutput out = FileOutput.of(directory, name, ChunkFile.REQUESTS)) {
                    out.write(number);
                    store.insert(chunk(name, number).with(ChunkFile.REQUESTS, out.finish()));
                }
            }
        }
    }

    private void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private Path file(String name) {
        return directory.of("a").resolve(name);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.of("a"))) {
            for (Path file : files.toList()) {
                all.put(file.toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    /** The job is shown, neither run nor changed; the others are. */
    private void assertSetAside(String chunkRow, String... why) throws IOException {
        Map<String, byte[]> before = files();
        directory.close();
        open();
        JobRow aside = store.job("a").orElseThrow();
        assertThat(aside.state()).isEqualTo(JobState.PAUSED);
        assertThat(aside.reason()).contains(file(chunkRow).toString()).contains(why);
        int left = store.chunks("a").get(0).number();
        for (ThrowingCallable write : List.<ThrowingCallable> of(() -> store.update(aside.resumed()),
                () -> store.change("a", left, row -> row.in(ChunkState.UPLOADING)), () -> store.insert(chunk("a", 0)),
                () -> store.dropChunks("a"), () -> store.delete(aside))) {
            assertThatThrownBy(write).isInstanceOf(IllegalStateException.class).hasMessage(aside.reason());
        }
        assertThat(files()).usingRecursiveComparison().isEqualTo(before);
        assertThat(store.chunks("b")).hasSize(2);
        assertThat(store.change("b", 1, row -> row.in(ChunkState.UPLOADING)).version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "{}", "[]", "garbage", "{\"format\":1}", "{\"format\":1,\"row\":{}}",
            "{\"format\":1,\"row\":null}", "{\"format\":1,\"row\":{\"job\":\"a\",\"number\":1}}",
            "{\"format\":-1,\"row\":{}}" })
    void ofAChunk(String content) throws IOException {
        Files.writeString(file("chunk-1.json"), content);
        assertSetAside("chunk-1.json", "set aside");
    }

    /** A pipe would be read until somebody writes into it. */
    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void thatIsAPipe() throws Exception {
        Files.delete(file("chunk-1.json"));
        assertThat(new ProcessBuilder("mkfifo", file("chunk-1.json").toString()).start().waitFor()).isZero();
        directory.close();
        JobRow aside = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            open();
            return store.job("a").orElseThrow();
        });
        assertThat(aside.state()).isEqualTo(JobState.PAUSED);
        assertThat(aside.reason()).contains(file("chunk-1.json").toString()).contains("no regular file");
    }

    @Test
    void ofAnotherChunk() throws IOException {
        Files.write(file("chunk-1.json"), Files.readAllBytes(directory.row("b", 1)));
        assertSetAside("chunk-1.json", "another chunk");
    }

    @Test
    void ofAnotherNumber() throws IOException {
        Files.write(file("chunk-1.json"), Files.readAllBytes(file("chunk-2.json")));
        assertSetAside("chunk-1.json", "another chunk");
    }

    @Test
    void thatIsGone() throws IOException {
        Files.delete(file("chunk-2.json"));
        assertSetAside("chunk-2.json", "set aside");
    }

    @Test
    void ofALaterVersion() throws IOException {
        Files.writeString(file("chunk-1.json"), Files.readString(file("chunk-1.json")).replace("\"format\":1", "\"format\":2"));
        assertSetAside("chunk-1.json", "format 2", "later version");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "{}", "garbage", "{\"format\":1,\"row\":{}}", "{\"format\":2,\"row\":{}}" })
    void ofTheJobItself(String content) throws IOException {
        Files.writeString(file("job.json"), content);
        Map<String, byte[]> before = files();
        directory.close();
        open();
        assertThat(store.job("a")).isEmpty();
        assertThat(store.jobs()).extracting(JobRow::name).containsExactly("b");
        assertThatThrownBy(() -> store.insert(job("a"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file("job.json").toString());
        assertThat(files()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void alsoIfItWasOnlyRead() throws IOException {
        Files.writeString(file("chunk-1.json"), "{}");
        try (JobDirectory reading = JobDirectory.readOnly(root)) {
            assertThat(new DirectoryJobStore(reading, Rows.CLOCK).jobs()).extracting(JobRow::state)
                    .containsExactly(JobState.PAUSED, JobState.RUNNING);
        }
    }
}
