package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobStoreContract;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

class DatasourceJobStoreTest extends JobStoreContract {

    private static final InstantSource CLOCK = InstantSource.fixed(Rows.NOW.plusSeconds(60));

    private final AgroalDataSource pool = Postgres.pool(5);
    private final Database database = new Database(pool, Postgres.namespace(), CallerTransaction.NONE);
    private final List<JobStore> opened = new ArrayList<>();
    private JobStore store;

    @BeforeEach
    void open() {
        AgroalDataSource own = Postgres.pool(5);
        Database connections = new Database(own, database.namespace(), CallerTransaction.NONE);
        store = new DatasourceJobStore(connections, new Epochs(connections), new SteadyClock(CLOCK, System::nanoTime),
                own::close);
        opened.add(store);
    }

    @AfterEach
    void close() {
        opened.forEach(JobStore::close);
        pool.close();
    }

    @Override
    protected JobStore store() {
        return store;
    }

    /** The one before stays open, as that of another process does. */
    @Override
    protected JobStore reopened() {
        open();
        return store;
    }

    private JobStore other() {
        return new DatasourceJobStore(database, new Epochs(database), new SteadyClock(CLOCK, System::nanoTime), () -> {
        });
    }

    @Test
    void whatOneProcessWritesAnotherReads() {
        JobStore other = other();
        List<String> seen = new ArrayList<>();
        other.onChangeElsewhere(seen::add);
        store.insert(Rows.job("a"));
        ChunkRow chunk = store.insert(Rows.chunk("a", 1));
        other.refresh();
        assertThat(seen).containsExactly("a");
        assertThat(other.chunk("a", 1)).contains(chunk);
        ChunkRow uploading = other.update(chunk.in(ChunkState.UPLOADING));
        assertThatThrownBy(() -> store.update(chunk.in(ChunkState.COLLECTED))).isInstanceOf(StaleRowException.class);
        assertThat(store.chunk("a", 1)).contains(uploading);
        other.delete(other.job("a").orElseThrow());
        store.refresh();
        assertThat(store.job("a")).isEmpty();
        assertThat(seen).containsExactly("a");
    }

    @Test
    void aNameThatWasDeletedIsTakenAgainAndOldRowsCountNoMore() {
        JobStore other = other();
        store.insert(Rows.job("a"));
        ChunkRow before = store.insert(Rows.chunk("a", 1));
        other.refresh();
        store.delete(store.job("a").orElseThrow());
        JobRow again = store.insert(Rows.job("a"));
        ChunkRow now = store.insert(Rows.chunk("a", 1));
        assertThatThrownBy(() -> other.update(before.in(ChunkState.UPLOADING))).isInstanceOf(StaleRowException.class);
        other.refresh();
        assertThat(other.chunk("a", 1)).contains(now);
        assertThat(again.version()).isGreaterThan(1);
    }

    @Test
    void aJobThatBeginsAgainHasItsNewChunksEverywhere() {
        JobStore other = other();
        store.insert(Rows.job("a"));
        ChunkRow before = store.insert(Rows.chunk("a", 1));
        for (int n = 0; n < 20; n++) {
            String twin = "batch_" + n;
            before = store.change("a", 1, row -> row.with(row.remote().withTwin(twin)));
        }
        other.refresh();
        assertThat(other.chunk("a", 1)).contains(before);
        store.change("a", row -> row.resubmitted(row.terms()));
        store.dropChunks("a");
        ChunkRow now = store.insert(Rows.chunk("a", 1));
        assertThat(now.version()).isLessThan(before.version());
        other.refresh();
        assertThat(other.chunk("a", 1)).contains(now);
        assertThat(other.update(now.in(ChunkState.UPLOADING)).state()).isEqualTo(ChunkState.UPLOADING);
    }

    @Test
    void twoProcessesThatAddChunksAtOnceCountBoth() throws Exception {
        store.insert(Rows.job("a"));
        JobStore other = other();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> both = new ArrayList<>();
        for (JobStore one : List.of(store, other)) {
            both.add(threads.submit(() -> IntStream.range(0, 50).forEach(n -> one.insert(Rows.chunk("a", 0)))));
        }
        for (Future<?> one : both) {
            one.get();
        }
        threads.shutdown();
        store.refresh();
        assertThat(store.job("a").orElseThrow().chunks()).isEqualTo(100);
        assertThat(store.chunks("a")).extracting(ChunkRow::number).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void whatWasLearnedByTwoProcessesIsKept() {
        JobStore other = other();
        store.changeAccount("account", row -> row.withTrouble("one", new Trouble(1, Rows.NOW, 0, null, "no", Rows.NOW, false)));
        other.changeAccount("account", row -> row.withTrouble("two", new Trouble(1, Rows.NOW, 0, null, "no", Rows.NOW, false)));
        store.changeLook("client", look -> look.withLook(Rows.NOW));
        store.refresh();
        assertThat(store.account("account").troubles()).containsOnlyKeys("one", "two");
        other.refresh();
        assertThat(other.look("client").lookedAt()).isEqualTo(Rows.NOW);
    }

    @Test
    void aProcessThatWasTakenForDeadDecidesNothingAndStillStoresFacts() {
        Epochs epochs = new Epochs(database);
        JobStore paused = new DatasourceJobStore(database, epochs, new SteadyClock(CLOCK, System::nanoTime), () -> {
        });
        store.insert(Rows.job("a"));
        ChunkRow decided = store.insert(Rows.chunk("a", 1));
        paused.refresh();
        new Epochs(database).end(epochs.id());
        assertThatThrownBy(() -> paused.update(decided.in(ChunkState.UPLOADING))).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> paused.change("a", JobRow::withSpooled)).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> paused.insert(Rows.chunk("a", 2))).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> paused.insert(Rows.job("b"))).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> paused.changeAccount("account", row -> row.withTrouble("one",
                new Trouble(1, Rows.NOW, 0, null, "no", Rows.NOW, false)))).isInstanceOf(EpochEndedException.class);
        assertThatThrownBy(() -> paused.dropChunks("a")).isInstanceOf(EpochEndedException.class);
        ChunkRow learned = paused.learn(decided, row -> row.with(row.remote().withTwin("batch_2")), row -> row);
        store.refresh();
        assertThat(store.chunk("a", 1)).contains(learned);
        epochs.begin();
        assertThat(paused.update(learned.in(ChunkState.UPLOADING)).state()).isEqualTo(ChunkState.UPLOADING);
    }

    @Test
    void aSourceIsKnownToOthersAsLongAsItsProcessLives() {
        JobStore other = other();
        other.offerSource("reviews-*");
        other.offerSource("numbers");
        assertThat(store.isSourceElsewhere("reviews-1")).isTrue();
        assertThat(store.isSourceElsewhere("numbers")).isTrue();
        assertThat(other.isSourceElsewhere("numbers")).isFalse();
        other.withdrawSource("numbers");
        assertThat(store.isSourceElsewhere("numbers")).isFalse();
        other.close();
        assertThat(store.isSourceElsewhere("reviews-1")).isFalse();
    }

    @Test
    void aRowOfALaterVersionIsLeftAlone() {
        store.insert(Rows.job("a"));
        store.insert(Rows.chunk("a", 1));
        store.insert(Rows.job("b"));
        database.run(connection -> Sql.update(connection, "UPDATE openai_batch_chunks SET \"row\" = jsonb_set(\"row\", "
                + "'{format}', '2') WHERE namespace = ?", database.namespace()));
        JobStore other = other();
        assertThat(other.job("a").orElseThrow()).matches(job -> job.state() == JobState.PAUSED)
                .matches(job -> job.reason().contains("format 2"));
        assertThatThrownBy(() -> other.change("a", JobRow::withSpooled)).isInstanceOf(IllegalStateException.class);
        assertThat(other.change("b", JobRow::withSpooled).spooled()).isTrue();
    }
}
