package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** Batches of one input file, of which one is enough. */
public final class DuplicateBatches {

    private static final Logger LOG = Logger.getLogger(DuplicateBatches.class);

    private static final Comparator<RemoteBatch> BY_AGE = Comparator
            .comparing(RemoteBatch::createdAt, Comparator.nullsLast(Comparator.<Instant> naturalOrder()))
            .thenComparing(RemoteBatch::id);

    private DuplicateBatches() {
    }

    /** All but the oldest, if there are several. */
    public static List<RemoteBatch> younger(List<RemoteBatch> batches) {
        return batches.stream().sorted(BY_AGE).skip(1).toList();
    }

    /** The batches of a chunk that were created twice, except those that the provider does not know any more. */
    public static Stream<RemoteBatch> twins(ChunkRow chunk, BatchProvider provider) {
        return chunk.remote().twins().stream().flatMap(twin -> {
            try {
                return Stream.of(provider.retrieve(twin));
            } catch (ProviderException e) {
                if (!e.kind().isAbsent()) {
                    throw e;
                }
                LOG.debugf("Batch %s is gone: %s", SafeText.of(twin, 100), e.getMessage());
                return Stream.empty();
            }
        });
    }

    /** The oldest; null if there is none. */
    static RemoteBatch oldest(List<RemoteBatch> batches) {
        return batches.isEmpty() ? null : Collections.min(batches, BY_AGE);
    }

    /** Asks the provider to stop those that run; to be repeated until they stop, since a request may be lost. */
    public static void cancel(List<RemoteBatch> batches, BatchProvider provider) {
        batches.stream().filter(batch -> !batch.hasEnded() && !batch.is(State.CANCELLING))
                .forEach(batch -> cancel(batch.id(), provider));
    }

    /** That a batch has ended already, or is being cancelled, is no error. */
    public static void cancel(String batchId, BatchProvider provider) {
        try {
            provider.stop(batchId);
        } catch (ProviderException e) {
            LOG.logf(e.kind().isAbsent() ? Level.DEBUG : Level.INFO, "Batch %s was not cancelled: %s",
                    SafeText.of(batchId, 100), e.getMessage());
        }
    }
}
