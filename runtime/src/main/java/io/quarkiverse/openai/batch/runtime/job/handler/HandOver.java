package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import io.quarkiverse.openai.batch.runtime.job.handler.RedeliveryWindow.Unstored;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: hands the results of a collected chunk to the handlers of its job, from disk. The line at which each handler
 * continues is stored every hundred lines of a handler and once a second.
 */
public final class HandOver {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int NOWHERE = -1;

    private final JobStore store;
    private final JobDirectory directory;
    private final Map<HandlerMethod, RedeliveryWindow> handlers = new LinkedHashMap<>();
    private final BooleanSupplier stopping;

    public HandOver(JobStore store, JobDirectory directory, List<HandlerMethod> handlers, BooleanSupplier stopping) {
        this.store = store;
        this.directory = directory;
        handlers.forEach(handler -> this.handlers.put(handler, new RedeliveryWindow()));
        this.stopping = stopping;
    }

    /** Those whose pattern matches. */
    public List<HandlerMethod> handlersOf(String job) {
        return handlers.keySet().stream().filter(handler -> handler.isFor(job)).toList();
    }

    /** From {@link ChunkState#COLLECTED} to HANDED_OVER; or a part of the way, so that others have their turn. */
    public ChunkRow run(ChunkRow chunk) throws IOException {
        long end = System.nanoTime() + TURN.toNanos();
        ChunkRow row = chunk;
        for (HandlerMethod handler : handlersOf(chunk.job())) {
            row = handOver(row, handler, end);
            if (isOver(end)) {
                return row;
            }
        }
        return store.update(row.in(ChunkState.HANDED_OVER));
    }

    private ChunkRow handOver(ChunkRow chunk, HandlerMethod handler, long end) throws IOException {
        Delivery delivery = new Delivery(handler, chunk.job(), stopping);
        ChunkRow row = chunk;
        int from = Math.toIntExact(row.handed().past(handler.method()));
        try (StoredResults next = new ChunkResults(directory, chunk).openNew(from)) {
            while (next.hasNext() && !isOver(end)) {
                try (Unstored unstored = handlers.get(handler).unstored()) {
                    Set<Integer> failed = new TreeSet<>();
                    int reached = deliver(next, delivery, handler, failed, unstored, end);
                    if (reached == NOWHERE) {
                        return row;
                    }
                    // whatever else of the row was changed meanwhile, these lines were handed over
                    row = store.change(row.job(), row.number(),
                            now -> now.with(now.handed().withPast(handler.method(), reached, failed)));
                }
            }
        }
        return row;
    }

    private boolean isOver(long end) {
        return System.nanoTime() - end >= 0 || stopping.getAsBoolean();
    }

    /** Up to the next checkpoint. Returns the line after it; NOWHERE if the turn is over before there is room for a line. */
    private static int deliver(Iterator<StoredResult> next, Delivery delivery, HandlerMethod handler, Set<Integer> failed,
            Unstored unstored, long end) {
        List<StoredResult> taken = take(next, handler.takesList() ? RedeliveryWindow.LINES : 1);
        if (!unstored.add(taken.size(), end)) {
            return NOWHERE;
        }
        delivery.deliver(taken).forEach(result -> failed.add(result.line()));
        long checkpoint = System.nanoTime() + CHECKPOINT_INTERVAL.toNanos();
        while (!handler.takesList() && next.hasNext() && System.nanoTime() <= checkpoint
                && unstored.add(1, System.nanoTime())) {
            taken = take(next, 1);
            delivery.deliver(taken).forEach(result -> failed.add(result.line()));
        }
        return taken.get(taken.size() - 1).line() + 1;
    }

    private static List<StoredResult> take(Iterator<StoredResult> results, int atMost) {
        List<StoredResult> taken = new ArrayList<>(atMost);
        while (taken.size() < atMost && results.hasNext()) {
            taken.add(results.next());
        }
        return taken;
    }
}
