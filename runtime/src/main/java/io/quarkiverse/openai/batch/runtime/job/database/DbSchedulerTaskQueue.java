package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/**
 * Runs tasks on threads of one of the processes that share the database. A process that dies, or that is cut off, loses its
 * tasks to the others; it continues with a new epoch if it lives.
 */
public final class DbSchedulerTaskQueue implements TaskQueue {

    private static final Logger LOG = Logger.getLogger(DbSchedulerTaskQueue.class);

    private static final Duration RETRY = Duration.ofMinutes(1);
    /** After which a task that has no thread here is offered again, to all processes. */
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_BETWEEN_CLEANING = 3_600;
    private static final int CALL_THREADS = 32;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration CLOSING_CALLS = Duration.ofMillis(1_500);

    private final Database database;
    private final Epochs epochs;
    private final DatabaseFiles files;
    private final InstantSource clock;
    private final int threads;
    private final Duration heartbeat;
    private final TaskTables tables;
    private final boolean enabled;
    private final Lanes lanes = new Lanes();
    private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(this::thread);
    private final Map<Task, Instant> lazy = new ConcurrentHashMap<>();
    private Function<Task, Optional<Instant>> handler;
    private Runnable onTick = () -> {
    };
    private Runnable onRenewal = () -> {
    };
    private volatile String epoch;
    private volatile List<TaskScheduler> schedulers = List.of();
    private volatile boolean closed;
    private int ticks;
    private boolean outage;

    /**
     * @param enabled whether tasks run here; if not, only those do that read sources, which no other process may have
     * @param threads number of tasks at a time that do not call the application's code
     * @param heartbeat how often tasks say that they live; after four that are missing another process takes them
     */
    public DbSchedulerTaskQueue(Database database, Epochs epochs, DatabaseFiles files, InstantSource clock, boolean enabled,
            int threads, Duration heartbeat) {
        this.database = database;
        this.epochs = epochs;
        this.files = files;
        this.clock = clock;
        this.threads = threads;
        this.heartbeat = heartbeat;
        this.enabled = enabled;
        this.tables = new TaskTables(database.namespace());
        timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "openai-batch-tick", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(classLoader);
        return thread;
    }

    /** Has something done once a second, whether or not tasks run here. */
    public void onTick(Runnable action) {
        onTick = action;
    }

    /** Has something done before tasks run in a further epoch of this process. */
    public void onRenewal(Runnable action) {
        onRenewal = action;
    }

    /** In a transaction of the caller the task is due once that has committed. */
    @Override
    public void schedule(Task task, Instant at) {
        if (closed) {
            return;
        }
        CallerTransaction caller = database.caller();
        if (caller.isActive() && caller.hasJoined()) {
            wakeInTransaction(caller, task, at);
            return;
        }
        database.run(connection -> {
            tables.of(task).schedule(connection, TaskTable.id(task), at);
            return null;
        });
        triggerAt(at);
    }

    private void wakeInTransaction(CallerTransaction caller, Task task, Instant at) {
        try {
            caller.join(connection -> {
                tables.of(task).wake(connection, TaskTable.id(task), at);
                return null;
            });
        } catch (SQLException e) {
            throw Database.failed(e);
        }
        caller.afterCommit(() -> soon(this::poke, Duration.ZERO));
    }

    /** In a transaction of the caller, or with the next tick. */
    @Override
    public void scheduleLazily(Task task, Instant at) {
        CallerTransaction caller = database.caller();
        if (caller.isActive() && caller.hasJoined()) {
            schedule(task, at);
        } else {
            lazy.merge(task, at, (first, other) -> first.isBefore(other) ? first : other);
        }
    }

    /** What is due in less than a second does not wait for the next polling. */
    private void triggerAt(Instant at) {
        Duration until = Duration.between(clock.instant(), at);
        if (until.compareTo(TICK) < 0) {
            soon(() -> schedulers.forEach(TaskScheduler::trigger), until);
        }
    }

    private void soon(Runnable action, Duration in) {
        try {
            timer.schedule(action, Math.max(0, in.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("The jobs are closed, and the next start, or another process, continues them");
        }
    }

    @Override
    public void scheduleMissing(List<Task> tasks, Instant at) {
        database.run(connection -> {
            tables.scheduleMissing(connection, tasks, at);
            return null;
        });
        triggerAt(at);
    }

    @Override
    public boolean has(Task task) {
        return database.run(connection -> tables.of(task).has(connection, TaskTable.id(task)));
    }

    @Override
    public synchronized void start(Function<Task, Optional<Instant>> taskHandler) {
        if (handler != null) {
            throw new IllegalStateException("The jobs were started already");
        }
        handler = taskHandler;
        begin(epochs.id());
    }

    private void begin(String newEpoch) {
        epoch = newEpoch;
        TaskScheduler.Work work = new TaskScheduler.Work() {
            @Override
            public TaskScheduler.Run run(Task task) {
                return DbSchedulerTaskQueue.this.run(task, newEpoch);
            }

            @Override
            public void completed(Instant due) {
                triggerAt(due);
            }
        };
        TaskScheduler ofCalls = new TaskScheduler(database, epochs,
                enabled ? List.of(tables.sources(), tables.calls()) : List.of(tables.sources()), newEpoch,
                new TaskScheduler.Settings(enabled, CALL_THREADS, heartbeat, CLOSING_CALLS), clock, work);
        schedulers = !enabled ? List.of(ofCalls)
                : List.of(ofCalls, new TaskScheduler(database, epochs, List.of(tables.engine()), newEpoch,
                        new TaskScheduler.Settings(true, threads, heartbeat, CLOSING), clock, work));
        schedulers.forEach(TaskScheduler::start);
    }

    @Override
    public boolean isRunning() {
        return !closed && !schedulers.isEmpty() && schedulers.stream().allMatch(TaskScheduler::isRunning);
    }

    /** A task that was broken off is due at once, for another process. One of an epoch that was ended is another's already. */
    private TaskScheduler.Run run(Task task, String inEpoch) {
        if (closed || !lanes.begin(task)) {
            return new TaskScheduler.Run(true, clock.instant().plus(closed ? Duration.ZERO : BUSY));
        }
        Instant again;
        try {
            again = handler.apply(task).orElse(null);
        } catch (EpochEndedException takenOver) {
            return new TaskScheduler.Run(false, null);
        } catch (UncheckedIOException e) {
            again = clock.instant().plus(BUSY.multipliedBy(5));
            LOG.infof("%s is tried again: %s", task.description(), e.getMessage());
        } catch (Throwable e) {
            again = clock.instant().plus(RETRY);
            LOG.errorf(e, "%s failed unexpectedly and is retried in a minute", task.description());
        } finally {
            lanes.end(task);
            // an interrupt was for this task alone
            Thread.interrupted();
        }
        return new TaskScheduler.Run(inEpoch.equals(epoch), closed ? clock.instant() : again);
    }

    private void tick() {
        try {
            if (!epochs.isAlive() || epoch != null && !epoch.equals(epochs.id())) {
                renew();
            }
            Duration unseen = heartbeat.multipliedBy(2 * TaskScheduler.MISSED_HEARTBEATS);
            List.copyOf(lazy.keySet()).forEach(task -> schedule(task, lazy.remove(task)));
            epochs.endOthers(unseen.compareTo(TICK.multipliedBy(8)) < 0 ? TICK.multipliedBy(8) : unseen);
            poke();
            database.run(connection -> tables.giveBack(connection, epoch));
            onTick.run();
            if (ticks++ % TICKS_BETWEEN_CLEANING == 0) {
                files.deleteUnnamed();
            }
            if (outage) {
                LOG.info("The database of the jobs answers again");
                outage = false;
            }
        } catch (RuntimeException e) {
            if (!outage && !closed) {
                LOG.warnf("No jobs run in this process until the database answers. %s", e.getMessage());
                outage = true;
            }
            LOG.debug("The database of the jobs does not answer", e);
        }
    }

    /** The others took this process for dead, or the server of the database is another one, with what it has. */
    private synchronized void renew() {
        if (closed) {
            return;
        }
        LOG.warn("Other processes took this one for dead, and have its tasks, since it was paused, or cut off from the "
                + "database; or the database was started again. It continues with others");
        List<TaskScheduler> before = schedulers;
        String next = epochs.begin();
        onRenewal.run();
        if (handler != null) {
            begin(next);
        }
        Thread stop = thread(() -> before.forEach(TaskScheduler::stop));
        stop.setName("openai-batch-stop");
        stop.start();
    }

    private void poke() {
        int poked = database.run(tables::poke);
        if (poked > 0) {
            schedulers.forEach(TaskScheduler::trigger);
        }
    }

    @Override
    public void close() {
        List<TaskScheduler> last;
        synchronized (this) {
            closed = true;
            last = schedulers;
        }
        timer.shutdownNow();
        List<Thread> stops = last.stream().map(scheduler -> thread(scheduler::stop)).toList();
        stops.forEach(Thread::start);
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
