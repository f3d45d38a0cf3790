package io.quarkiverse.openai.batch.endurance.process;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

import org.postgresql.Driver;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkiverse.openai.batch.runtime.job.database.CallerTransaction;
import io.quarkiverse.openai.batch.runtime.job.database.Database;
import io.quarkiverse.openai.batch.runtime.job.database.DatabaseFiles;
import io.quarkiverse.openai.batch.runtime.job.database.DatasourceJobStore;
import io.quarkiverse.openai.batch.runtime.job.database.DbSchedulerTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.database.Epochs;
import io.quarkiverse.openai.batch.runtime.job.database.Schema;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * Jobs in a PostgreSQL database.
 *
 * @param url for JDBC
 * @param factor the speed of the jobs' clock
 */
record DatabaseStores(String url, int factor) implements Stores {

    private static final String NAMESPACE = "sweep";
    private static final int CONNECTIONS = 8;
    /** As that of an application. */
    private static final String SESSION = "SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '10s'; "
            + "SET synchronous_commit = on";
    /** A process that has halted loses its tasks after two to three seconds. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** Ahead of the database's by what the machine's was set since the opening. */
    @Override
    public InstantSource wall(InstantSource time, InstantSource machine) {
        Duration ahead = Duration.between(time.instant(), machine.instant());
        return () -> machine.instant().minus(ahead);
    }

    @Override
    public Open open(SteadyClock clock, Scratch scratch) {
        AgroalDataSource pool = pool();
        Database database = new Database(pool, NAMESPACE, CallerTransaction.NONE);
        new Schema(database).create();
        Epochs epochs = new Epochs(database);
        DatabaseFiles files = new DatabaseFiles(database, epochs, scratch);
        DatasourceJobStore store = new DatasourceJobStore(database, epochs, clock, pool::close);
        DbSchedulerTaskQueue queue = new DbSchedulerTaskQueue(database, epochs, files, InstantSource.system(), true, THREADS,
                HEARTBEAT);
        queue.onTick(store::refresh);
        return new Open(store, new RealTimeQueue(queue, clock, factor), files, queue::onRenewal);
    }

    private AgroalDataSource pool() {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(
                    pool -> pool.maxSize(CONNECTIONS).acquisitionTimeout(Duration.ofSeconds(10)).connectionFactoryConfiguration(
                            factory -> factory.jdbcUrl(url).connectionProviderClass(Driver.class).initialSql(SESSION))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
