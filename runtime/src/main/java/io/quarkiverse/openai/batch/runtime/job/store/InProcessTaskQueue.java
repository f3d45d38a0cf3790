package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

/** Runs tasks on threads of this process. Nothing is stored: after a restart the tasks are made again from the stored rows. */
public final class InProcessTaskQueue implements TaskQueue {

    private static final Logger LOG = Logger.getLogger(InProcessTaskQueue.class);

    private final InstantSource clock;
    private final long longestPauseInMillis;
    private final int threads;
    private final Map<Task, Instant> queued = new HashMap<>();
    private final Set<Task> running = new HashSet<>();
    private ExecutorService workers;
    private boolean closed;

    /**
     * @param longestPause longest sleep of a thread before it reads the clock again; short for a clock that is faster than
     *        time
     */
    public InProcessTaskQueue(InstantSource clock, int threads, Duration longestPause) {
        this.clock = clock;
        this.threads = threads;
        this.longestPauseInMillis = longestPause.toMillis();
    }

    @Override
    public synchronized void schedule(Task task, Instant at) {
        queued.merge(task, at, (one, other) -> one.isBefore(other) ? one : other);
        notifyAll();
    }

    @Override
    public synchronized boolean has(Task task) {
        return queued.containsKey(task) || running.contains(task);
    }

    @Override
    public synchronized void start(Function<Task, Optional<Instant>> handler) {
        if (workers != null) {
            throw new IllegalStateException("The jobs were started already");
        }
        workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "openai-batch-jobs");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < threads; i++) {
            workers.execute(() -> work(handler));
        }
    }

    private void work(Function<Task, Optional<Instant>> handler) {
        try {
            for (Task task = take(); task != null; task = take()) {
                done(task, run(handler, task));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Instant> run(Function<Task, Optional<Instant>> handler, Task task) {
        try {
            return handler.apply(task);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s of %s failed unexpectedly and is retried in a minute", task.kind(), task.job());
            return Optional.of(clock.instant().plusSeconds(60));
        }
    }

    private synchronized Task take() throws InterruptedException {
        while (!closed) {
            Instant now = clock.instant();
            Task next = next();
            if (next != null && !queued.get(next).isAfter(now)) {
                queued.remove(next);
                running.add(next);
                return next;
            }
            long pause = next == null ? longestPauseInMillis : Duration.between(now, queued.get(next)).toMillis();
            wait(Math.max(1, Math.min(longestPauseInMillis, pause)));
        }
        return null;
    }

    private Task next() {
        return queued.entrySet().stream().filter(entry -> !running.contains(entry.getKey()))
                .min(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
    }

    private synchronized void done(Task task, Optional<Instant> again) {
        running.remove(task);
        again.ifPresent(at -> schedule(task, at));
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (workers != null) {
            workers.shutdown();
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
