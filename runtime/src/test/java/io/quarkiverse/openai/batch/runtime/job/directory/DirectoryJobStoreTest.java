package io.quarkiverse.openai.batch.runtime.job.directory;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.ForkedJvm;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobStoreContract;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

class DirectoryJobStoreTest extends JobStoreContract {

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

    @Test
    void aSecondOpeningThatIsRefusedLeavesTheLockToTheFirst() throws Exception {
        assertThatThrownBy(() -> JobDirectory.open(root)).isInstanceOf(IllegalStateException.class);
        assertThat(ForkedJvm.run(OpensADirectory.class, root.toString())).contains(
                "is in use by process " + ProcessHandle.current().pid() + " since ");
    }

    @Test
    void timesOfAProcessWhoseClockWasAheadAreThoseOfTheReading() {
        Instant ahead = Rows.CLOCK.instant().plus(Duration.ofHours(20));
        store.insert(Rows.job("a"));
        store.change("a", job -> job.stopped(JobRow.Stop.CANCEL, null, ahead));
        ChunkRow chunk = store.insert(Rows.watched(Rows.chunk("a", 1), "batch", ahead), job -> job);
        store.update(chunk
                .with(chunk.waiting().withEndedAt(ahead).with(new ChunkRow.NotFound(ChunkRow.NotFound.What.BATCH, 2, ahead))
                        .withTrouble(new Trouble(1, ahead, 1, ahead, "no", ahead, false))));
        store.changeAccount("account", row -> row.withBytes(new AccountRow.Limit(1, ahead)));

        ChunkRow read = reopened().chunk("a", 1).orElseThrow();
        assertThat(List.of(store.job("a").orElseThrow().control().stoppedAt(), read.waiting().endedAt(),
                read.waiting().notFound().since(), read.waiting().trouble().since(), read.waiting().trouble().dubiousSince(),
                store.account("account").bytes().since())).containsOnly(Rows.CLOCK.instant());
        assertThat(read.remote().uploadedAt()).isEqualTo(Rows.CLOCK.instant().minus(Duration.ofDays(1)));
        assertThat(List.of(read.remote().createdAt(), read.waiting().trouble().next())).containsOnly(ahead);
    }

    @Test
    void whatALaterVersionLearnedOfAnAccountStays() throws IOException {
        store.changeAccount("account", row -> row.withBytes(new AccountRow.Limit(1, Rows.NOW)));
        Path file = directory.account("account");
        Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));
        String later = Files.readString(file);

        reopened().changeAccount("account", row -> row.withBytes(new AccountRow.Limit(2, Rows.NOW)));
        assertThat(store.account("account").bytes().most()).isEqualTo(2);
        assertThat(file).hasContent(later);
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

    private FileOutput draft(String content) throws IOException {
        FileOutput out = FileOutput.of(directory, "a", ChunkFile.REQUESTS);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.of("a"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }

    @Test
    void aFileLivesAsLongAsARowNamesIt() throws Exception {
        store.insert(job("a"));
        ChunkRow chunk = chunk("a", 1);
        try (FileOutput first = draft("one")) {
            chunk = store.insert(chunk.with(ChunkFile.REQUESTS, first.finish()));
        }
        try (FileOutput unnamed = draft("two")) {
            unnamed.finish();
            assertThat(files()).hasSize(2);
        }
        assertThat(files()).hasSize(1);
        assertThat(directory.open("a", chunk.file(ChunkFile.REQUESTS))).hasContent("one");
        try (FileOutput next = draft("three")) {
            chunk = store.update(chunk.with(ChunkFile.REQUESTS, next.finish()));
        }
        assertThat(files()).hasSize(1);
        assertThat(directory.openAt("a", chunk.file(ChunkFile.REQUESTS), 2)).hasContent("ree");
        assertThat(reopened().chunks("a")).containsExactly(chunk);
        assertThat(files()).hasSize(1);
        store.update(chunk.without(ChunkFile.REQUESTS));
        assertThat(files()).isEmpty();
    }

    @Test
    void draftsOfADeadProcessAreDeleted() throws Exception {
        store.insert(job("a"));
        draft("one");
        draft("two").finish();
        assertThat(files()).hasSize(2);
        reopened();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDraftThatOutlivesItsStoreIsNotWrittenOn() throws Exception {
        store.insert(job("a"));
        FileOutput draft = draft("one");
        FileOutput complete = draft("two");
        StoredFile file = complete.finish();
        JobStore closed = store;
        reopened();
        assertThatThrownBy(() -> draft.write(new byte[1 << 17])).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(draft::finish).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(draft::close).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> closed.insert(chunk("a", 1).with(ChunkFile.REQUESTS, file)))
                .isInstanceOf(EpochEndedException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatIsNotTheOneThatWasWrittenIsAnError() throws Exception {
        store.insert(job("a"));
        ChunkRow chunk;
        try (FileOutput out = draft("one")) {
            chunk = store.insert(chunk("a", 1).with(ChunkFile.REQUESTS, out.finish()));
        }
        StoredFile stored = chunk.file(ChunkFile.REQUESTS);
        Path file = files().get(0);
        Files.writeString(file, "two");
        try (InputStream in = directory.open("a", stored)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.writeString(file, "on");
        assertDamaged(stored);
        Files.delete(file);
        assertDamaged(stored);
        Files.createDirectory(file);
        assertDamaged(stored);
        assertDamaged(new StoredFile("../../etc/passwd", 3, "00"));
    }

    private void assertDamaged(StoredFile file) {
        for (ThrowingCallable read : List.<ThrowingCallable> of(() -> directory.open("a", file),
                () -> directory.openAt("a", file, 0), () -> directory.local("a", file))) {
            assertThatThrownBy(read).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseReadsIt() throws Exception {
        store.insert(job("a"));
        store.insert(chunk("a", 1));
        try (FileOutput out = draft("one"); Stream<Path> all = Files.walk(root)) {
            assertThat(all.filter(path -> !path.equals(root))).hasSize(5).allSatisfy(path -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkIsNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);
        assertThatThrownBy(() -> JobDirectory.open(link)).hasMessageContaining("is a link");
        Files.createSymbolicLink(directory.of("b"), elsewhere);
        assertThatThrownBy(() -> store.insert(job("b"))).hasMessageContaining("is a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void whileOneHasADirectoryOthersCanReadIt() throws Exception {
        JobRow job = store.insert(job("a"));
        FileOutput draft = draft("one");
        try (JobDirectory reading = JobDirectory.readOnly(root)) {
            JobStore read = new DirectoryJobStore(reading, Rows.CLOCK);
            assertThat(read.job("a")).contains(job);
            assertThat(files()).hasSize(1);
            assertThatThrownBy(() -> read.update(job.withSpooled())).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("opened to read it");
            assertThatThrownBy(() -> read.delete(job)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> reading.draft("a", ChunkFile.IDS)).isInstanceOf(IllegalStateException.class);
        }
        draft.close();
        assertThat(store.update(job.withSpooled()).version()).isEqualTo(job.version() + 1);
    }

    @Test
    void whatADeletionThatWasHaltedLeftIsNotOfTheNextJobOfThatName() throws Exception {
        store.insert(job("a"));
        store.insert(chunk("a", 1));
        store.insert(chunk("a", 2));
        Files.delete(directory.of("a").resolve("job.json"));
        reopened();
        assertThat(store.jobs()).isEmpty();
        store.insert(job("a"));
        store.insert(chunk("a", 1));
        assertThat(reopened().chunks("a")).extracting(ChunkRow::number).containsExactly(1);
    }
}
