package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.handler.RedeliveryWindow.Unstored;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: hands the results of a collected chunk to the handlers of its job, from disk. How many each handler is past is stored
 * every hundred lines of a handler and once a second.
 */
public final class HandOver {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(5);

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
        return store.update(row.in(ChunkState.HANDED_OVER).with(row.handed().withFailed(failed(row).count())));
    }

    private ChunkRow handOver(ChunkRow chunk, HandlerMethod handler, long end) throws IOException {
        Delivery delivery = new Delivery(handler, chunk.job(), stopping);
        ChunkRow row = chunk;
        long past = row.handed().past(handler.method());
        try (Stream<BatchResult> results = new ChunkResults(directory, chunk).stream()) {
            Iterator<BatchResult> next = results.skip(past).iterator();
            while (next.hasNext() && !isOver(end)) {
                try (Unstored unstored = handlers.get(handler).unstored()) {
                    if (!deliver(next, delivery, handler, row, unstored, end)) {
                        return row;
                    }
                    past += unstored.lines();
                    long reached = past;
                    // whatever else of the row was changed meanwhile, these lines were handed over
                    row = store.change(row.job(), row.number(),
                            now -> now.with(now.handed().withPast(handler.method(), reached)));
                }
            }
        }
        return row;
    }

    private boolean isOver(long end) {
        return System.nanoTime() - end >= 0 || stopping.getAsBoolean();
    }

    /** Up to the next checkpoint; false if the turn is over before there is room for a line. */
    private boolean deliver(Iterator<BatchResult> next, Delivery delivery, HandlerMethod handler, ChunkRow chunk,
            Unstored unstored, long end) throws IOException {
        List<BatchResult> first = take(next, handler.takesList() ? RedeliveryWindow.LINES : 1);
        if (!unstored.add(first.size(), end)) {
            return false;
        }
        List<BatchResult> failed = new ArrayList<>(delivery.deliver(first));
        long checkpoint = System.nanoTime() + CHECKPOINT_INTERVAL.toNanos();
        while (!handler.takesList() && next.hasNext() && System.nanoTime() <= checkpoint
                && unstored.add(1, System.nanoTime())) {
            failed.addAll(delivery.deliver(take(next, 1)));
        }
        failed(chunk).add(handler, failed);
        return true;
    }

    private static List<BatchResult> take(Iterator<BatchResult> results, int atMost) {
        List<BatchResult> taken = new ArrayList<>(atMost);
        while (taken.size() < atMost && results.hasNext()) {
            taken.add(results.next());
        }
        return taken;
    }

    private FailedDeliveries failed(ChunkRow chunk) {
        return new FailedDeliveries(directory.file(chunk, ChunkFile.HANDLER_FAILED));
    }
}
