package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs tasks one at a time, in order of time, on the thread of the test and only when the test says so. No test that uses it
 * waits, and each of its runs is the same.
 */
public final class ManualTaskQueue implements TaskQueue {

    private final SettableClock clock;
    private final SteadyClock steady;
    private final Map<Task, Instant> queued = new LinkedHashMap<>();
    private final Set<Task> running = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Function<Task, Optional<Instant>> handler;

    public ManualTaskQueue(SettableClock clock) {
        this.clock = clock;
        this.steady = clock.steady();
    }

    @Override
    public synchronized void schedule(Task task, Instant at) {
        queued.merge(task, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    @Override
    public synchronized boolean has(Task task) {
        return queued.containsKey(task) || running.contains(task);
    }

    @Override
    public boolean isRunning() {
        return handler != null;
    }

    @Override
    public void start(Function<Task, Optional<Instant>> handler) {
        this.handler = handler;
    }

    /** The time of the next task; empty if none is queued. */
    public synchronized Optional<Instant> next() {
        return first().map(queued::get);
    }

    private Optional<Task> first() {
        return handler == null ? Optional.empty()
                : queued.entrySet().stream().filter(entry -> !running.contains(entry.getKey()))
                        .min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /**
     * Runs the next task, after moving the clock to its time. If it throws, it is queued again in a minute; see
     * {@link #failures}.
     *
     * @return false if no task is queued
     */
    public boolean runNext() {
        Optional<Task> next = take();
        next.ifPresent(task -> {
            Optional<Instant> again = run(task);
            synchronized (this) {
                running.remove(task);
                again.ifPresent(at -> schedule(task, at));
            }
        });
        return next.isPresent();
    }

    private synchronized Optional<Task> take() {
        Optional<Task> next = first();
        next.ifPresent(task -> {
            advanceTo(queued.remove(task));
            running.add(task);
        });
        return next;
    }

    private void advanceTo(Instant time) {
        Instant now = steady.instant();
        if (now.isBefore(time)) {
            clock.advance(Duration.between(now, time));
        }
    }

    private Optional<Instant> run(Task task) {
        try {
            return handler.apply(task);
        } catch (Throwable e) {
            failures.add(e);
            return Optional.of(steady.instant().plusSeconds(60));
        }
    }

    /** Runs all tasks until this time, and moves the clock there. */
    public void runUntil(Instant time) {
        while (next().filter(at -> !at.isAfter(time)).isPresent()) {
            runNext();
        }
        advanceTo(time);
    }

    /** Runs all tasks of this time, and moves the clock. */
    public void runFor(Duration time) {
        runUntil(steady.instant().plus(time));
    }

    /** What tasks have thrown. */
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public synchronized void close() {
        handler = null;
    }
}
