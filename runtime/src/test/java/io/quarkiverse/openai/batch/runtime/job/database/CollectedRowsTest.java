package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequestsContract;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

class CollectedRowsTest extends CollectedRequestsContract {

    private static final InstantSource CLOCK = InstantSource.fixed(Rows.NOW.plusSeconds(60));

    private final AgroalDataSource pool = Postgres.pool(10);
    private final Database database = new Database(pool, Postgres.namespace(), CallerTransaction.NONE);
    private Epochs epochs;
    private JobStore store;

    @BeforeEach
    void open() {
        epochs = new Epochs(database);
        store = new DatasourceJobStore(database, epochs, new SteadyClock(CLOCK, System::nanoTime), () -> {
        });
    }

    @AfterEach
    void close() {
        store.close();
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

    @Test
    void aJobClaimsNoMoreThanItMay() {
        for (String id : List.of("a", "b", "c", "d")) {
            store.collected().add(REVIEWS, entry(id, "{\"n\":" + id.hashCode() + "}"), true);
        }
        assertThat(store.collected().waiting(REVIEWS, 3).lines()).isEqualTo(3);
        assertThat(store.collected().claim(REVIEWS, "one", 10, 1)).isTrue();
        assertThat(store.collected().claim(REVIEWS, "two", 2, 1_000)).isTrue();
        assertThat(store.collected().jobs(REVIEWS, List.of("a", "b", "c", "d")))
                .isEqualTo(java.util.Map.of("a", "one", "b", "two", "c", "two"));
    }

    @Test
    void whatATransactionHasNotCommittedIsLeft() throws SQLException {
        store.collected().add(REVIEWS, entry("a", "{}"), true);
        try (Connection other = pool.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT * FROM openai_batch_collected FOR UPDATE");
            assertThat(store.collected().claim(REVIEWS, "job", 10, 1_000)).isFalse();
            other.rollback();
            other.setAutoCommit(true);
        }
        assertThat(store.collected().claim(REVIEWS, "job", 10, 1_000)).isTrue();
    }

    @Test
    void aProcessWhoseEpochHasEndedClaimsNothing() {
        store.collected().add(REVIEWS, entry("a", "{}"), true);
        epochs.close();
        assertThatThrownBy(() -> store.collected().claim(REVIEWS, "job", 10, 1_000)).isInstanceOf(EpochEndedException.class);
        assertThat(store.collected().waiting(REVIEWS, 10).lines()).isEqualTo(1);
    }
}
