package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.InstantSource;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.OpenSubmissionException;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow.Waiting;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/**
 * Step: creates the batch of a chunk. Whatever leaves open whether it was created leaves the chunk in
 * {@link ChunkState#CREATING}, and {@link Watch} looks for the batch by its input file.
 */
final class Create {

    private static final Logger LOG = Logger.getLogger(Create.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final JobStore store;
    private final InstantSource clock;

    Create(JobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** From {@link ChunkState#UPLOADED} to CREATING: the intent. */
    ChunkRow intend(ChunkRow chunk) {
        return store.update(chunk.in(ChunkState.CREATING).with(chunk.remote().withIntent(clock.instant()))
                .with(chunk.waiting().withUntil(null).withLookingSince(null)));
    }

    /**
     * From {@link ChunkState#CREATING} to WATCHED, or back to UPLOADED with a pause if the provider has no room; unchanged if
     * it
     * is not known whether the batch was created.
     */
    ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) {
        CreateBatchRequest request = CreateBatchRequest.of(chunk.remote().fileId(), Endpoint.of(job.endpoint()));
        try {
            return created(chunk, client.batches().createBatch(
                    job.window() == null ? request : request.withCompletionWindow(job.window())));
        } catch (OpenSubmissionException open) {
            LOG.infof("Chunk %s: %s. It is looked for by its input file", chunk.id(), open.getMessage());
            return chunk;
        } catch (BatchApiException refused) {
            return notCreated(chunk, refused);
        }
    }

    ChunkRow created(ChunkRow chunk, Batch batch) {
        return store.update(Watch.seen(chunk, batch).in(ChunkState.WATCHED).with(new Waiting(null,
                chunk.waiting().refusals(), null, null, 0, null)));
    }

    private ChunkRow notCreated(ChunkRow chunk, BatchApiException refused) {
        boolean full = refused.status() == 429 && !Trouble.isBilling(refused)
                || refused.error().filter(error -> "token_limit_exceeded".equals(error.code())).isPresent();
        ChunkRow back = chunk.in(ChunkState.UPLOADED).with(chunk.remote().withIntent(null));
        if (full) {
            return store.update(back.with(refused(chunk.waiting())));
        }
        store.update(back);
        throw refused;
    }

    /** One more refusal, and a pause that grows with their number. */
    Waiting refused(Waiting waiting) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, waiting.refusals()));
        return waiting.withRefusal(clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }
}
