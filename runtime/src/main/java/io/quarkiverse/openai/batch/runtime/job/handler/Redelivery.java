package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Hands the lines that handlers failed at to them again. */
public final class Redelivery {

    private final JobStore store;
    private final JobDirectory directory;
    private final List<HandlerMethod> handlers;
    private final Function<ChunkRow, Stream<BatchResult>> results;

    /**
     * @param results of a chunk
     */
    public Redelivery(JobStore store, JobDirectory directory, List<HandlerMethod> handlers,
            Function<ChunkRow, Stream<BatchResult>> results) {
        this.store = store;
        this.directory = directory;
        this.handlers = handlers;
        this.results = results;
    }

    /** The number of lines that handlers failed at again. */
    public long run(String job) {
        return store.chunks(job).stream().filter(chunk -> chunk.handed().failed() > 0).mapToLong(this::redeliver).sum();
    }

    private long redeliver(ChunkRow chunk) {
        FailedDeliveries stored = new FailedDeliveries(directory.file(chunk, ChunkFile.HANDLER_FAILED));
        try {
            Map<String, Set<String>> left = new LinkedHashMap<>();
            for (Map.Entry<String, Set<String>> failed : stored.read().entrySet()) {
                left.put(failed.getKey(), redeliver(chunk, failed.getKey(), failed.getValue()));
            }
            stored.replace(left);
            long count = stored.count();
            store.change(chunk.job(), chunk.number(), row -> row.with(row.handed().withFailed(count)));
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are left; all of them if the handler is gone. */
    private Set<String> redeliver(ChunkRow chunk, String method, Set<String> ids) {
        Set<String> left = new LinkedHashSet<>(ids);
        handlers.stream().filter(handler -> handler.method().equals(method)).findFirst().ifPresent(handler -> {
            Delivery delivery = new Delivery(handler, chunk.job(), () -> false);
            try (Stream<BatchResult> lines = results.apply(chunk)) {
                lines.filter(result -> ids.contains(result.customId()))
                        .filter(result -> delivery.deliver(List.of(result)).isEmpty())
                        .forEach(result -> left.remove(result.customId()));
            }
        });
        return left;
    }
}
