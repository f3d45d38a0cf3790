package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;

/** Batches of one input file, of which one is enough. */
public final class DuplicateBatches {

    private static final Logger LOG = Logger.getLogger(DuplicateBatches.class);

    private static final Comparator<Batch> BY_AGE = Comparator
            .comparing(Batch::createdAt, Comparator.nullsLast(Comparator.<Instant> naturalOrder())).thenComparing(Batch::id);

    private DuplicateBatches() {
    }

    /** All but the oldest, if there are several. */
    public static List<Batch> younger(List<Batch> batches) {
        return batches.stream().sorted(BY_AGE).skip(1).toList();
    }

    /** The oldest; null if there is none. */
    static Batch oldest(List<Batch> batches) {
        return batches.stream().min(BY_AGE).orElse(null);
    }

    /** Asks the provider to stop those that run; to be repeated until they stop, since a request may be lost. */
    public static void cancel(List<Batch> batches, BatchService service) {
        batches.stream().filter(batch -> !batch.status().isTerminal() && batch.status() != BatchStatus.CANCELLING)
                .forEach(batch -> cancel(batch.id(), service));
    }

    /** That a batch has ended already, or is being cancelled, is no error. */
    public static void cancel(String batchId, BatchService service) {
        try {
            service.cancelBatch(batchId);
        } catch (BatchApiException e) {
            LOG.debugf("The cancel of batch %s was answered with %d", SafeText.of(batchId, 100), e.status());
        }
    }
}
