package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.RunnerBench;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.FakeProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * Processes that share the jobs of a database and a {@link FakeProvider}. Their clocks run about twice as fast as time while a
 * test waits, and stand still otherwise.
 */
final class SharedJobs implements AutoCloseable {

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T06:00:00Z"));
    final FakeProvider provider = new FakeProvider(clock.ofAnotherMachine());
    JobSettings settings = JobSettings.of(LineLimits.OPENAI.withRequests(3)).withPolls(Duration.ofSeconds(1),
            Duration.ofSeconds(2)).withSettle(Duration.ofSeconds(5), Duration.ofSeconds(5));
    final String namespace = Postgres.namespace();
    /** Gets each connection of a process. */
    UnaryOperator<Connection> connections = UnaryOperator.identity();
    /** Held during each call of the provider, except one that is halted. */
    final ReentrantLock calls = new ReentrantLock();
    private final String url;
    private final List<Member> members = new ArrayList<>();

    /** In the database of this address, which has the tables of the jobs. */
    SharedJobs(String url) {
        this.url = url;
    }

    /** One of the processes. */
    final class Member {

        final AgroalDataSource pool = Postgres.pool(url, 10);
        final Database database = new Database(cuttable(), namespace, CallerTransaction.NONE);
        final Epochs epochs = new Epochs(database);
        final DatasourceJobStore store = new DatasourceJobStore(database, epochs, clock.steady(), pool::close);
        final JobRunner runner;
        volatile boolean cut;

        private Member() {
            Scratch scratch = new Scratch(null);
            DatabaseFiles files = new DatabaseFiles(database, epochs, scratch);
            DbSchedulerTaskQueue queue = new DbSchedulerTaskQueue(database, epochs, files, clock.steady(), true, 4,
                    Duration.ofSeconds(1));
            queue.onTick(store::refresh);
            runner = new JobRunner(new JobEnvironment(store, queue, files, scratch, clock.steady(),
                    name -> new JobClient(oneCallAtATime(), settings, "account"), Traces.NONE),
                    JobMethods.NONE, (job, event) -> {
                    });
            runner.start();
            members.add(this);
        }

        private DataSource cuttable() {
            return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { DataSource.class },
                    (proxy, method, arguments) -> connection());
        }

        private Connection connection() throws SQLException {
            if (cut) {
                throw new SQLException("The network is broken");
            }
            return connections.apply(pool.getConnection());
        }

        BatchJob submit(String name, int lines) {
            return runner.submit(JobSpec.named(name).requests(() -> RunnerBench.requests(lines)));
        }

        JobReport report(String name) {
            return runner.find(name).orElseThrow().report();
        }
    }

    Member start() {
        return new Member();
    }

    private BatchProvider oneCallAtATime() {
        return (BatchProvider) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { BatchProvider.class },
                (proxy, method, arguments) -> {
                    calls.lock();
                    try {
                        return method.invoke(provider, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        calls.unlock();
                    }
                });
    }

    /** Lets time pass until a condition holds. */
    void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            never.await(20, TimeUnit.MILLISECONDS);
            clock.advance(Duration.ofMillis(50));
        }
    }

    JobReport finish(Member one, String job) throws InterruptedException {
        until(job + " ends", () -> {
            calls.lock();
            try {
                provider.complete();
            } finally {
                calls.unlock();
            }
            return one.report(job).state().isTerminal();
        });
        return one.report(job);
    }

    @Override
    public void close() {
        members.forEach(member -> member.cut = false);
        members.forEach(member -> member.runner.close());
    }
}
