package io.quarkiverse.openai.batch.runtime.job;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import javax.sql.DataSource;

import io.quarkiverse.openai.batch.runtime.job.database.CallerTransaction;
import io.quarkiverse.openai.batch.runtime.job.database.Database;
import io.quarkiverse.openai.batch.runtime.job.database.DatabaseFiles;
import io.quarkiverse.openai.batch.runtime.job.database.DatasourceJobStore;
import io.quarkiverse.openai.batch.runtime.job.database.DbSchedulerTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.database.Epochs;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/** Makes runners of the jobs of a database, which processes share. */
public final class DatabaseRunner {

    /**
     * How a process takes part.
     *
     * @param namespace of the jobs
     * @param enabled whether it runs them
     * @param threads how many steps at a time
     * @param heartbeat how often it says that it lives
     * @param scratch the folder for files that nothing needs after a crash; null for one under the temporary directory
     * @param moved the directory whose jobs are moved here first; null for none
     * @param connections are closed with the jobs
     */
    public record Settings(String namespace, boolean enabled, int threads, Duration heartbeat, Path scratch, Path moved,
            Runnable connections) {
    }

    private DatabaseRunner() {
    }

    /**
     * Opens the jobs, without starting them.
     *
     * @param pool connections that are in no transaction of the application
     * @param caller the transactions of the application
     * @throws DirectoryMove.LeftException if there are jobs that cannot be moved here
     */
    public static JobRunner open(DataSource pool, CallerTransaction caller, Settings settings,
            Function<String, JobClient> clients, JobMethods methods, JobListener listener, Traces traces) {
        Database database = new Database(pool, settings.namespace(), caller);
        SteadyClock clock = clock(pool);
        Scratch scratch = new Scratch(settings.scratch());
        Epochs epochs = new Epochs(database);
        DatabaseFiles files = new DatabaseFiles(database, epochs, scratch);
        DatasourceJobStore store = new DatasourceJobStore(database, epochs, clock, settings.connections());
        if (settings.moved() != null) {
            DirectoryMove.run(settings.moved(), clock, new DirectoryMove.Target(store, files, epochs::renew));
        }
        DbSchedulerTaskQueue queue = new DbSchedulerTaskQueue(database, epochs, files, clock, settings.enabled(),
                settings.threads(), settings.heartbeat());
        queue.onTick(store::refresh);
        JobRunner runner = new JobRunner(new JobEnvironment(store, queue, files, scratch, clock, clients, traces), methods,
                listener);
        queue.onRenewal(runner::takeUp);
        return runner;
    }

    /** All processes have the time of the database. */
    private static SteadyClock clock(DataSource pool) {
        Instant before = Instant.now();
        Instant theirs = time(pool);
        Duration offset = Duration.between(before.plus(Duration.between(before, Instant.now()).dividedBy(2)), theirs);
        return new SteadyClock(() -> Instant.now().plus(offset), System::nanoTime);
    }

    private static Instant time(DataSource pool) {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT clock_timestamp()")) {
            result.next();
            return result.getTimestamp(1).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException("The database of the jobs does not answer: " + e.getMessage(), e);
        }
    }
}
