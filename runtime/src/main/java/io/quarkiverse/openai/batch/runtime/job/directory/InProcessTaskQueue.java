package io.quarkiverse.openai.batch.runtime.job.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/** Runs tasks on threads of this process. Nothing is stored: after a restart the tasks are made again from the stored rows. */
public final class InProcessTaskQueue implements TaskQueue {

    private static final Logger LOG = Logger.getLogger(InProcessTaskQueue.class);

    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration CLOSING_USER_CODE = Duration.ofSeconds(3);
    private static final int CALLS = 4;
    private static final Group ENGINE = new Group(null, "");

    /** Tasks that share a number of threads: those of the engine, or those of a kind of a job that call the application. */
    private record Group(Task.Kind kind, String job) {

        static Group of(Task task) {
            return task.kind().isCallingUserCode() ? new Group(task.kind(), task.job()) : ENGINE;
        }
    }

    private record Due(Instant at, long number, Task task) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            int order = at.compareTo(other.at);
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    private static final class Lane {

        private final TreeSet<Due> due = new TreeSet<>();
        private int running;
    }

    private final InstantSource clock;
    private final long longestPauseInMillis;
    private final int threads;
    private final Map<Task, Due> queued = new HashMap<>();
    private final Map<Group, Lane> lanes = new HashMap<>();
    private final Set<Task> running = new HashSet<>();
    private final ExecutorService engine = Executors.newCachedThreadPool(work -> thread(work, "openai-batch-jobs"));
    private final ExecutorService userCode = Executors.newCachedThreadPool(work -> thread(work, "openai-batch-calls"));
    private Function<Task, Optional<Instant>> handler;
    private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    private long count;
    private Thread dispatcher;
    private boolean closed;

    /**
     * @param threads number of tasks at a time that do not call the application's code
     * @param longestPause longest time before the clock is read again; short for a clock that is faster than time
     */
    public InProcessTaskQueue(InstantSource clock, int threads, Duration longestPause) {
        this.clock = clock;
        this.threads = threads;
        this.longestPauseInMillis = longestPause.toMillis();
    }

    /** Nothing of the thread that makes it is carried over but the class loader of the application. */
    private Thread thread(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(classLoader);
        return thread;
    }

    @Override
    public synchronized void schedule(Task task, Instant at) {
        Due before = queued.get(task);
        if (closed || before != null && !at.isBefore(before.at)) {
            return;
        }
        Due due = new Due(at, count++, task);
        queued.put(task, due);
        if (!running.contains(task)) {
            TreeSet<Due> lane = lanes.computeIfAbsent(Group.of(task), group -> new Lane()).due;
            if (before != null) {
                lane.remove(before);
            }
            lane.add(due);
            notifyAll();
        }
    }

    @Override
    public synchronized boolean has(Task task) {
        return queued.containsKey(task) || running.contains(task);
    }

    @Override
    public synchronized void start(Function<Task, Optional<Instant>> taskHandler) {
        if (handler != null) {
            throw new IllegalStateException("The jobs were started already");
        }
        handler = taskHandler;
        dispatcher = thread(this::dispatch, "openai-batch-queue");
        dispatcher.start();
    }

    @Override
    public synchronized boolean isRunning() {
        return !closed && dispatcher != null && dispatcher.isAlive();
    }

    private synchronized void dispatch() {
        while (!closed) {
            long pause = longestPauseInMillis;
            try {
                pause = startDue();
            } catch (Error e) {
                // no more threads, or no memory: the task is queued still
                LOG.error("A task could not be started", e);
            }
            try {
                wait(Math.max(1, pause));
            } catch (InterruptedException e) {
                LOG.debug("The queue was interrupted and continues", e);
            }
        }
    }

    /** Starts what is due and has a thread. Returns the milliseconds until something else is due. */
    private long startDue() {
        Instant now = clock.instant();
        long pause = longestPauseInMillis;
        for (Map.Entry<Group, Lane> entry : lanes.entrySet()) {
            Lane lane = entry.getValue();
            int most = entry.getKey().equals(ENGINE) ? threads : CALLS;
            while (lane.running < most && !lane.due.isEmpty() && !lane.due.first().at.isAfter(now)) {
                start(lane.due.first().task, lane);
            }
            if (lane.running < most && !lane.due.isEmpty()) {
                pause = Math.min(pause, Duration.between(now, lane.due.first().at).toMillis());
            }
        }
        lanes.values().removeIf(lane -> lane.running == 0 && lane.due.isEmpty());
        return pause;
    }

    private void start(Task task, Lane lane) {
        (task.kind().isCallingUserCode() ? userCode : engine).execute(() -> run(task, lane));
        lane.due.remove(queued.remove(task));
        lane.running++;
        running.add(task);
    }

    private void run(Task task, Lane lane) {
        Instant again = null;
        try {
            again = handler.apply(task).orElse(null);
        } catch (Throwable e) {
            again = clock.instant().plus(RETRY);
            LOG.errorf(e, "%s failed unexpectedly and is retried in a minute", task.description());
        } finally {
            done(task, lane, again);
        }
    }

    /**
     * @param again null for not again
     */
    private synchronized void done(Task task, Lane lane, Instant again) {
        // an interrupt was for this task alone
        Thread.interrupted();
        running.remove(task);
        lane.running--;
        Due meanwhile = queued.remove(task);
        if (meanwhile != null) {
            schedule(task, meanwhile.at);
        }
        if (again != null) {
            schedule(task, again);
        }
        notifyAll();
    }

    @Override
    public void close() {
        long start = System.nanoTime();
        synchronized (this) {
            closed = true;
            notifyAll();
            awaitEnd(start);
        }
        engine.shutdownNow();
        userCode.shutdownNow();
    }

    private void awaitEnd(long start) {
        try {
            for (long left = left(start); left > 0; left = left(start)) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For how many milliseconds running tasks are waited for. */
    private long left(long start) {
        boolean engineRuns = running.stream().anyMatch(task -> !task.kind().isCallingUserCode());
        Duration most = engineRuns ? CLOSING : running.isEmpty() ? Duration.ZERO : CLOSING_USER_CODE;
        return most.minusNanos(System.nanoTime() - start).toMillis();
    }
}
