package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Hands the results that handlers failed at over again. */
public final class Redelivery {

    private final JobStore store;
    private final JobDirectory directory;
    private final List<HandlerMethod> handlers;

    public Redelivery(JobStore store, JobDirectory directory, List<HandlerMethod> handlers) {
        this.store = store;
        this.directory = directory;
        this.handlers = handlers;
    }

    /** The number of lines that handlers failed at again. */
    public long run(String job) {
        return store.chunks(job).stream().filter(chunk -> chunk.handed().failed() > 0).mapToLong(this::redeliver).sum();
    }

    private long redeliver(ChunkRow chunk) {
        FailedDeliveries stored = new FailedDeliveries(directory.file(chunk, ChunkFile.HANDLER_FAILED));
        try {
            Map<String, BitSet> left = new LinkedHashMap<>();
            for (Map.Entry<String, BitSet> failed : stored.read().entrySet()) {
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

    /** The lines that are left; all of them if the handler is gone. */
    private BitSet redeliver(ChunkRow chunk, String method, BitSet lines) throws IOException {
        Optional<HandlerMethod> handler = handlers.stream().filter(other -> other.method().equals(method)).findFirst();
        if (handler.isEmpty() || lines.isEmpty()) {
            return lines;
        }
        Delivery delivery = new Delivery(handler.get(), chunk.job(), () -> false);
        BitSet left = new BitSet();
        try (StoredResults results = new ChunkResults(directory, chunk).open(lines.nextSetBit(0), lines::get)) {
            results.forEachRemaining(result -> left.set(result.line(), !delivery.deliver(List.of(result)).isEmpty()));
        }
        return left;
    }
}
