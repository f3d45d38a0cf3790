package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;

/** Hands the results that handlers failed at over again. */
public final class Redelivery {

    private final JobStore store;
    private final ChunkFiles files;
    private final UserCode user;
    private final List<HandlerMethod> handlers;

    public Redelivery(JobStore store, ChunkFiles files, UserCode user, List<HandlerMethod> handlers) {
        this.store = store;
        this.files = files;
        this.user = user;
        this.handlers = handlers;
    }

    /** The number of lines that handlers failed at again. */
    public long run(String job) {
        return store.chunks(job).stream().filter(chunk -> chunk.handed().failures() > 0).mapToLong(this::redeliver).sum();
    }

    private long redeliver(ChunkRow chunk) {
        ChunkRow row = chunk;
        for (HandlerMethod handler : handlers) {
            Set<Integer> failed = chunk.handed().failed().getOrDefault(handler.id(), Set.of());
            if (!failed.isEmpty()) {
                Set<Integer> delivered = redeliver(chunk, handler, failed);
                row = store.change(chunk.job(), chunk.number(), now -> without(now, handler.id(), delivered));
            }
        }
        return row.handed().failures();
    }

    private static ChunkRow taken(ChunkRow row, HandlerMethod handler, int line) {
        if (!row.handed().hasFailed(handler.id(), line)) {
            throw new TakenBeforeException();
        }
        return row.with(row.handed().withTaken(handler.id(), line));
    }

    /** Lines that failed meanwhile stay. */
    private static ChunkRow without(ChunkRow row, String handler, Set<Integer> delivered) {
        Set<Integer> left = new TreeSet<>(row.handed().failed().getOrDefault(handler, Set.of()));
        left.removeAll(delivered);
        return row.with(row.handed().withFailed(handler, left));
    }

    /** The lines that the handler took. */
    private Set<Integer> redeliver(ChunkRow chunk, HandlerMethod handler, Set<Integer> lines) {
        Delivery delivery = new Delivery(store, user, handler, chunk);
        Set<Integer> delivered = new TreeSet<>();
        try (StoredResults results = new ChunkResults(files, chunk).open(Collections.min(lines), lines::contains)) {
            results.forEachRemaining(result -> {
                if (delivery.isTaken(List.of(result), 1,
                        row -> taken(row, handler, result.line()))) {
                    delivered.add(result.line());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return delivered;
    }
}
