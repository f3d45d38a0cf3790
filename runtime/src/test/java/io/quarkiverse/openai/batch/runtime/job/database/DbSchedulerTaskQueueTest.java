package io.quarkiverse.openai.batch.runtime.job.database;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueueContract;

class DbSchedulerTaskQueueTest extends TaskQueueContract {

    private final AgroalDataSource pool = Postgres.pool(8);
    private final Database database = new Database(pool, Postgres.namespace(), CallerTransaction.NONE);
    private final Epochs epochs = new Epochs(database);
    private final SteadyClock clock = SteadyClock.system();
    private final TaskQueue queue = new DbSchedulerTaskQueue(database, epochs,
            new DatabaseFiles(database, epochs, new Scratch(null)), clock, true, 4, Duration.ofSeconds(1));

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected InstantSource clock() {
        return clock;
    }

    @Override
    protected boolean reaches(CountDownLatch end) throws InterruptedException {
        return end.await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        queue.close();
        epochs.close();
        pool.close();
    }
}
