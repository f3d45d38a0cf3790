package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

class TasksOfSeveralProcessesTest {

    private static final Task TASK = Task.finish("a");

    private final String namespace = Postgres.namespace();
    private final List<Process> processes = new ArrayList<>();

    /** A process with a pool, an epoch and a queue of its own. */
    private final class Process {

        private final AgroalDataSource pool = Postgres.pool(8);
        private final SteadyClock clock = SteadyClock.system();
        private final TaskQueue queue;
        private final Epochs epochs;
        private volatile boolean cut;

        Process(Function<Task, Optional<Instant>> handler) {
            this(namespace, handler);
        }

        Process(String namespace, Function<Task, Optional<Instant>> handler) {
            Database database = new Database(cuttable(), namespace, CallerTransaction.NONE);
            epochs = new Epochs(database);
            queue = new DbSchedulerTaskQueue(database, epochs, new DatabaseFiles(database, epochs, new Scratch(null)), clock,
                    true, 4, Duration.ofSeconds(1));
            queue.start(handler);
            processes.add(this);
        }

        private DataSource cuttable() {
            return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { DataSource.class },
                    (proxy, method, arguments) -> connection());
        }

        private Connection connection() throws SQLException {
            if (cut) {
                throw new SQLException("The network is broken");
            }
            return pool.getConnection();
        }

        void close() {
            cut = false;
            queue.close();
            epochs.close();
            pool.close();
        }
    }

    @AfterEach
    void close() {
        processes.forEach(Process::close);
    }

    @Test
    void aTaskRunsInOneOfThemAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch runs = new CountDownLatch(60);
        Function<Task, Optional<Instant>> handler = task -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            runs.countDown();
            return Optional.empty();
        };
        List<Process> both = List.of(new Process(handler), new Process(handler));
        for (int n = 0; n < 30 || runs.getCount() > 0 && n < 3_000; n++) {
            both.get(n % 2).queue.schedule(TASK, both.get(0).clock.instant());
            runs.await(5, TimeUnit.MILLISECONDS);
        }
        assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void noWakeIsLostWhileATaskRuns() throws Exception {
        AtomicInteger wanted = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Function<Task, Optional<Instant>> handler = task -> {
            seen.accumulateAndGet(wanted.get(), Math::max);
            return Optional.empty();
        };
        List<Process> both = List.of(new Process(handler), new Process(handler));
        for (int round = 0; round < 200; round++) {
            Process one = both.get(round % 2);
            wanted.incrementAndGet();
            one.queue.schedule(TASK, one.clock.instant());
        }
        CountDownLatch never = new CountDownLatch(1);
        for (int n = 0; n < 600 && seen.get() < 200; n++) {
            never.await(100, TimeUnit.MILLISECONDS);
        }
        assertThat(seen).hasValue(200);
    }

    @Test
    void whatAProcessHasThatIsCutOffIsTakenOverAndItContinues() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Set<String> ranLater = ConcurrentHashMap.newKeySet();
        Process paused = new Process(task -> {
            if (task.equals(TASK)) {
                begun.countDown();
                await(end);
            } else {
                ranLater.add("paused");
            }
            return Optional.empty();
        });
        paused.queue.schedule(TASK, paused.clock.instant());
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        String epoch = paused.epochs.id();
        new Process(task -> {
            if (task.equals(TASK)) {
                taken.countDown();
            }
            return Optional.empty();
        });
        paused.cut = true;
        assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
        paused.cut = false;
        end.countDown();
        CountDownLatch never = new CountDownLatch(1);
        for (int n = 0; paused.epochs.id().equals(epoch) && n < 300; n++) {
            never.await(100, TimeUnit.MILLISECONDS);
        }
        assertThat(paused.epochs.id()).isNotEqualTo(epoch);
        for (int n = 0; ranLater.isEmpty() && n < 400; n++) {
            paused.queue.schedule(Task.finish("later-" + n), paused.clock.instant());
            never.await(50, TimeUnit.MILLISECONDS);
        }
        assertThat(ranLater).containsExactly("paused");
    }

    @Test
    void applicationsThatShareTheTablesRunTheirOwnTasks() throws Exception {
        CountDownLatch ran = new CountDownLatch(20);
        AtomicInteger wrong = new AtomicInteger();
        Process other = new Process(task -> {
            wrong.incrementAndGet();
            return Optional.empty();
        });
        String epoch = other.epochs.id();
        Process late = new Process(Postgres.namespace(), task -> {
            ran.countDown();
            return Optional.empty();
        });
        for (int n = 0; n < 20; n++) {
            late.queue.schedule(Task.finish("job-" + n), late.clock.instant());
        }
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        CountDownLatch never = new CountDownLatch(1);
        never.await(8, TimeUnit.SECONDS);
        assertThat(other.epochs.id()).isEqualTo(epoch);
        assertThat(wrong).hasValue(0);
    }

    @Test
    void aTaskOfAnEpochThatEndsMeanwhileIsNotDone() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(2);
        Process[] one = new Process[1];
        one[0] = new Process(task -> {
            if (runs.incrementAndGet() == 1) {
                one[0].epochs.end(one[0].epochs.id());
            }
            again.countDown();
            return Optional.empty();
        });
        one[0].queue.schedule(TASK, one[0].clock.instant());
        assertThat(again.await(40, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aProcessThatRunsNothingReadsItsSourcesOnly() throws Exception {
        Process worker = new Process(task -> Optional.empty());
        AgroalDataSource pool = Postgres.pool(4);
        Database database = new Database(pool, namespace, CallerTransaction.NONE);
        Epochs epochs = new Epochs(database);
        List<Task.Kind> kinds = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch read = new CountDownLatch(1);
        try (TaskQueue submitting = new DbSchedulerTaskQueue(database, epochs,
                new DatabaseFiles(database, epochs, new Scratch(null)), worker.clock, false, 4, Duration.ofSeconds(1))) {
            submitting.start(task -> {
                kinds.add(task.kind());
                read.countDown();
                return Optional.empty();
            });
            worker.queue.close();
            submitting.schedule(Task.finish("a"), worker.clock.instant());
            submitting.schedule(Task.spool("a"), worker.clock.instant());
            assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(kinds).containsExactly(Task.Kind.SPOOL);
            assertThat(submitting.has(Task.finish("a"))).isTrue();
        }
        epochs.close();
        pool.close();
    }
}
