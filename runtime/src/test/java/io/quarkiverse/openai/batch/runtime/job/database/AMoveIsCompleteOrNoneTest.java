package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.DirectoryMove;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class AMoveIsCompleteOrNoneTest {

    private MovedJobs moved;

    @BeforeEach
    void prepare(@TempDir Path root) {
        moved = new MovedJobs(root);
    }

    @Test
    void rowsFilesAndCollectedRequestsAreTheSameThere() throws Exception {
        moved.fill();
        MovedJobs.Moved before = moved.stored();
        assertThat(before.contents()).hasSize(8);
        moved.move();
        moved.requireMoved(before);
        moved.move();
        moved.requireMoved(before);
    }

    /** After some effects nothing more has one. */
    private static final class Halt {

        private final int effects;
        private int count;

        Halt(int effects) {
            this.effects = effects;
        }

        boolean isReached() {
            return count >= effects;
        }

        void before() {
            if (isReached()) {
                throw new UncheckedIOException(new IOException("halted"));
            }
        }

        void after() {
            count++;
            before();
        }

        DataSource of(DataSource pool) {
            return proxy(DataSource.class, pool, (method, result) -> {
                if (!method.equals("getConnection")) {
                    return result;
                }
                return proxy(java.sql.Connection.class, result, (called, value) -> {
                    if (called.equals("close")) {
                        after();
                    }
                    return value;
                });
            });
        }

        private interface After {

            Object run(String method, Object result);
        }

        private <T> T proxy(Class<T> type, Object of, After after) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                    (proxy, method, arguments) -> {
                        if (type == DataSource.class && isReached()) {
                            throw new SQLException("halted");
                        }
                        try {
                            return after.run(method.getName(), method.invoke(of, arguments));
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        Disk disk() {
            return new Disk() {
                @Override
                public void delete(Path file) throws IOException {
                    before();
                    super.delete(file);
                    after();
                }

                @Override
                public void move(Path from, Path to) throws IOException {
                    before();
                    super.move(from, to);
                    after();
                }
            };
        }
    }

    @Test
    void aMoveThatIsHaltedAfterAnyEffectIsCompletedByTheNextOne() throws Exception {
        int halts = 0;
        for (boolean halted = true; halted; halts++) {
            MovedJobs one = new MovedJobs(Files.createDirectory(moved.root.resolve("run-" + halts)));
            one.fill();
            MovedJobs.Moved before = one.stored();
            Halt halt = new Halt(halts + 1);
            try {
                one.move(halt.disk(), halt::of);
                halted = false;
            } catch (UncheckedIOException expected) {
                one.move();
            }
            one.requireMoved(before);
        }
        assertThat(halts).isGreaterThan(30);
    }

    @Test
    void aJobThatContinuedInTheDatabaseAfterAHaltIsNotMovedAgain() throws Exception {
        moved.fill();
        JobDirectory directory = JobDirectory.open(moved.root);
        Path copy = Files.createDirectory(moved.root.resolve("copy"));
        try (directory; Stream<Path> files = Files.list(directory.of("a"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        moved.move();
        moved.inDatabase((store, files) -> store.change("a", 1, row -> row.in(ChunkState.DONE)));
        Files.createDirectories(directory.of("a"));
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.of("a").resolve(file.getFileName()));
            }
        }
        moved.move();
        assertThat(moved.inDirectory()).isEmpty();
        moved.inDatabase(
                (store, files) -> assertThat(store.chunk("a", 1).orElseThrow().state()).isEqualTo(ChunkState.DONE));
    }

    @Test
    void aJobOfANameThatTheDatabaseHasStaysAndIsNamed() throws Exception {
        moved.fill();
        JobRow other = Rows.job("a");
        moved.inDatabase((store, files) -> store.insert(new JobRow("a", other.terms(), other.state(), null,
                Rows.NOW.plus(Duration.ofHours(1)), null, other.reading(), other.control(), false, 0)));
        assertThatThrownBy(moved::move).isInstanceOf(DirectoryMove.LeftException.class).hasMessageContaining("Job \"a\"")
                .hasMessageContaining("jobs.store=directory");
        assertThat(moved.inDirectory()).extracting(JobRow::name).containsExactly("a");
        moved.inDatabase((store, files) -> {
            assertThat(store.chunks("a")).isEmpty();
            assertThat(store.chunks("b")).hasSize(2);
        });
    }

    @Test
    void aRequestWhoseIdTheDatabaseHasKeepsItsJobInTheDirectory() throws Exception {
        moved.fill();
        moved.inDatabase((store, files) -> store.collected().add(MovedJobs.REVIEWS, MovedJobs.entry("of a"), false));
        assertThatThrownBy(moved::move).isInstanceOf(DirectoryMove.LeftException.class).hasMessageContaining("Job \"a\"");
        assertThat(moved.inDirectory()).extracting(JobRow::name).containsExactly("a");
        moved.inDatabase((store, files) -> assertThat(store.job("a")).isEmpty());
    }

    @Test
    void aJobThatCannotBeReadStays() throws Exception {
        moved.fill();
        try (JobDirectory directory = JobDirectory.open(moved.root)) {
            Files.writeString(directory.of("a").resolve("chunk-2.json"), "{\"format\":99,\"row\":{}}");
        }
        moved.move();
        assertThat(moved.inDirectory()).extracting(JobRow::name).containsExactly("a");
        moved.inDatabase((store, files) -> assertThat(store.jobs()).extracting(JobRow::name)
                .containsExactly("b"));
    }

    @Test
    void aJobWithADamagedFileStays() throws Exception {
        moved.fill();
        Predicate<Path> requests = file -> file.getFileName().toString().startsWith("requests-");
        try (JobDirectory directory = JobDirectory.open(moved.root); Stream<Path> files = Files.list(directory.of("a"))) {
            Path file = files.filter(requests).findFirst().orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[0]++;
            Files.write(file, content);
        }
        moved.move();
        assertThat(moved.inDirectory()).extracting(JobRow::name).containsExactly("a");
        moved.inDatabase((store, files) -> assertThat(store.jobs()).extracting(JobRow::name)
                .containsExactly("b"));
    }

    @Test
    void aMoveWaitsForTheProcessThatHasTheDirectoryOpen() throws Exception {
        moved.fill();
        CountDownLatch renewed = new CountDownLatch(1);
        moved.inDatabase((store, files) -> {
            DirectoryMove.Target target = new DirectoryMove.Target(store, files, renewed::countDown);
            CompletableFuture<Void> move;
            try (JobDirectory held = JobDirectory.open(moved.root)) {
                move = CompletableFuture
                        .runAsync(() -> DirectoryMove.run(moved.root, moved.shared.clock.steady(), target));
                renewed.await();
                assertThat(store.jobs()).isEmpty();
            }
            move.get(1, TimeUnit.MINUTES);
            assertThat(store.jobs()).hasSize(2);
        });
    }

    @Test
    void withoutADirectoryThereIsNothingToMove() throws Exception {
        Path none = moved.root.resolve("none");
        moved.inDatabase((store, files) -> DirectoryMove.run(none, moved.shared.clock.steady(),
                new DirectoryMove.Target(store, files, () -> {
                })));
        assertThat(none).doesNotExist();
    }
}
