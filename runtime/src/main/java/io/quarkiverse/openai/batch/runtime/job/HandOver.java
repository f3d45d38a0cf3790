package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/**
 * Step: hands the results of a collected chunk to the handlers of its job, from disk. How many each handler is past is stored
 * every hundred lines and once a second.
 */
final class HandOver {

    private static final int CHECKPOINT = 100;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(5);

    private final JobStore store;
    private final JobDirectory directory;
    private final List<HandlerMethod> handlers;
    private final BooleanSupplier stopping;

    HandOver(JobStore store, JobDirectory directory, List<HandlerMethod> handlers, BooleanSupplier stopping) {
        this.store = store;
        this.directory = directory;
        this.handlers = List.copyOf(handlers);
        this.stopping = stopping;
    }

    /** Those whose pattern matches. */
    List<HandlerMethod> handlersOf(String job) {
        return handlers.stream().filter(handler -> handler.isFor(job)).toList();
    }

    /** From {@link ChunkState#COLLECTED} to HANDED_OVER; or a part of the way, so that others have their turn. */
    ChunkRow run(ChunkRow chunk) throws IOException {
        long end = System.nanoTime() + TURN.toNanos();
        ChunkRow row = chunk;
        for (HandlerMethod handler : handlersOf(chunk.job())) {
            row = handOver(row, handler, end);
            if (System.nanoTime() > end || stopping.getAsBoolean()) {
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
            while (next.hasNext() && System.nanoTime() <= end && !stopping.getAsBoolean()) {
                past += deliver(next, delivery, handler, row);
                row = store.update(row.with(row.handed().withPast(handler.method(), past)));
            }
        }
        return row;
    }

    /** Up to the next checkpoint; the number of lines. */
    private int deliver(Iterator<BatchResult> next, Delivery delivery, HandlerMethod handler, ChunkRow chunk)
            throws IOException {
        List<BatchResult> failed = new ArrayList<>();
        int lines = 0;
        if (handler.takesList()) {
            List<BatchResult> list = new ArrayList<>(CHECKPOINT);
            while (list.size() < CHECKPOINT && next.hasNext()) {
                list.add(next.next());
            }
            failed.addAll(delivery.deliver(list));
            lines = list.size();
        } else {
            long checkpoint = System.nanoTime() + CHECKPOINT_INTERVAL.toNanos();
            while (lines < CHECKPOINT && next.hasNext() && System.nanoTime() <= checkpoint) {
                failed.addAll(delivery.deliver(List.of(next.next())));
                lines++;
            }
        }
        failed(chunk).add(handler, failed);
        return lines;
    }

    private FailedDeliveries failed(ChunkRow chunk) {
        return new FailedDeliveries(directory.file(chunk, ChunkFile.HANDLER_FAILED));
    }
}
