package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.DirectoryMove;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow.Limit;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

/** Jobs of a directory that are moved into a database. */
final class MovedJobs {

    static final Collector REVIEWS = new Collector("reviews", "<default>", "/v1/chat/completions");

    final Path root;
    final SharedJobs shared = new SharedJobs(withTables());

    MovedJobs(Path root) {
        this.root = root;
    }

    private static String withTables() {
        Postgres.pool(1).close();
        return Postgres.url();
    }

    interface Work {

        void run(DatasourceJobStore store, DatabaseFiles files) throws Exception;
    }

    void inDatabase(Work work) throws Exception {
        try (AgroalDataSource pool = Postgres.pool(Postgres.url(), 3)) {
            Database database = new Database(pool, shared.namespace, CallerTransaction.NONE);
            Epochs epochs = new Epochs(database);
            DatabaseFiles files = new DatabaseFiles(database, epochs, new Scratch(root.resolve("scratch")));
            DatasourceJobStore store = new DatasourceJobStore(database, epochs, shared.clock.steady(), () -> {
            });
            work.run(store, files);
        }
    }

    void move() throws Exception {
        move(new Disk(), UnaryOperator.identity());
    }

    void move(Disk disk, UnaryOperator<DataSource> wrap) throws Exception {
        try (AgroalDataSource pool = Postgres.pool(Postgres.url(), 3)) {
            Database database = new Database(pool, shared.namespace, CallerTransaction.NONE);
            Epochs epochs = new Epochs(database);
            Database halting = new Database(wrap.apply(pool), shared.namespace, CallerTransaction.NONE);
            DatasourceJobStore store = new DatasourceJobStore(halting, epochs, shared.clock.steady(), () -> {
            });
            DatabaseFiles files = new DatabaseFiles(halting, epochs, new Scratch(root.resolve("scratch")));
            try (JobDirectory directory = JobDirectory.open(root, disk)) {
                DirectoryMove.run(directory, shared.clock.steady(),
                        new DirectoryMove.Target(store, files, epochs::renew));
            }
        }
    }

    List<JobRow> inDirectory() {
        try (DirectoryJobStore store = new DirectoryJobStore(JobDirectory.open(root), shared.clock.steady())) {
            return store.jobs();
        }
    }

    static Entry entry(String id) {
        return new Entry(id, id.getBytes(StandardCharsets.UTF_8), Integer.toHexString(id.hashCode()), Rows.NOW);
    }

    private static StoredFile file(ChunkFiles files, String job, ChunkFile kind, String content) throws IOException {
        // closed before a row names it, it would be deleted
        FileOutput out = FileOutput.of(files, job, kind);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        return out.finish();
    }

    /** Two jobs, one of which has ended with lines that were set aside, and requests before, in and without a job. */
    void fill() throws IOException {
        JobDirectory directory = JobDirectory.open(root);
        try (DirectoryJobStore store = new DirectoryJobStore(directory, shared.clock.steady())) {
            for (String job : List.of("a", "b")) {
                store.insert(Rows.job(job));
                for (int number = 1; number <= 2; number++) {
                    ChunkRow chunk = store.insert(Rows.chunk(job, number));
                    Map<ChunkFile, StoredFile> files = Map.of(
                            ChunkFile.REQUESTS, file(directory, job, ChunkFile.REQUESTS, "requests of " + chunk.id()),
                            ChunkFile.MOVED, file(directory, job, ChunkFile.MOVED, "moved"));
                    store.update(new ChunkRow(job, number, ChunkState.COLLECTED, chunk.input(), files, chunk.remote(),
                            chunk.waiting(), chunk.tally(), chunk.handed().withPast("handler", 2, Set.of(1)),
                            chunk.version()));
                }
            }
            store.change("b", row -> row.in(JobState.FINISHED, null).endedAt(Rows.NOW).withAnnounced());
            for (String job : List.of("b", "a", "never submitted")) {
                store.collected().add(REVIEWS, entry("of " + job), false);
                store.collected().claim(REVIEWS, job, 10, 1_000);
            }
            store.collected().wereRead("b");
            store.collected().add(REVIEWS, entry("waits"), false);
            store.changeAccount("account", row -> row.withTokens("model", new Limit(7, Rows.NOW)));
        }
    }

    record Moved(List<JobRow> jobs, List<ChunkRow> chunks, List<String> contents) {

        static Moved of(JobStore store, ChunkFiles files) throws IOException {
            List<ChunkRow> chunks = store.jobs().stream().flatMap(job -> store.chunks(job.name()).stream()).toList();
            List<String> contents = new ArrayList<>();
            for (ChunkRow chunk : chunks) {
                for (ChunkFile kind : ChunkFile.values()) {
                    if (chunk.files().containsKey(kind)) {
                        contents.add(kind + new String(files.open(chunk.job(), chunk.files().get(kind)).readAllBytes(),
                                StandardCharsets.UTF_8));
                    }
                }
            }
            return new Moved(store.jobs().stream().map(row -> row.withVersion(0)).toList(),
                    chunks.stream().map(row -> new ChunkRow(row.job(), row.number(), row.state(), row.input(), Map.of(),
                            row.remote(), row.waiting(), row.tally(), row.handed(), 0)).toList(),
                    contents);
        }
    }

    Moved stored() throws IOException {
        JobDirectory directory = JobDirectory.open(root);
        try (DirectoryJobStore store = new DirectoryJobStore(directory, shared.clock.steady())) {
            return Moved.of(store, directory);
        }
    }

    void requireMoved(Moved before) throws Exception {
        assertThat(inDirectory()).isEmpty();
        inDatabase((store, files) -> {
            assertThat(Moved.of(store, files)).isEqualTo(before);
            assertThat(store.collected().waiting(REVIEWS, 10).lines()).isEqualTo(2);
            assertThat(store.collected().unread(REVIEWS)).containsExactly("a");
            try (Stream<byte[]> lines = store.collected().lines("a")) {
                assertThat(lines.map(line -> new String(line, StandardCharsets.UTF_8))).containsExactly("of a");
            }
            assertThat(store.collected().jobs(REVIEWS, Set.of("of a", "of b", "waits")))
                    .isEqualTo(Map.of("of a", "a", "of b", "b"));
            assertThat(store.account("account").tokens()).containsKey("model");
        });
        try (DirectoryJobStore store = new DirectoryJobStore(JobDirectory.open(root), shared.clock.steady())) {
            assertThat(store.collected().open()).isEmpty();
        }
    }
}
