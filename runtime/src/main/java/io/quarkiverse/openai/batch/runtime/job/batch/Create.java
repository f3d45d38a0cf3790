package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Waiting;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms;

/**
 * Step: creates the batch of a chunk. Whatever leaves open whether it was created leaves the chunk in
 * {@link ChunkState#CREATING}, and {@link Watch} looks for the batch by its input file.
 */
public final class Create {

    private static final Logger LOG = Logger.getLogger(Create.class);

    static final String TOKEN_LIMIT = "token_limit_exceeded";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final JobStore store;
    private final InstantSource clock;
    private final EnqueuedTokens tokens;

    public Create(JobStore store, InstantSource clock, EnqueuedTokens tokens) {
        this.tokens = tokens;
        this.store = store;
        this.clock = clock;
    }

    /** From {@link ChunkState#UPLOADED} to CREATING: the intent. */
    public ChunkRow intend(ChunkRow chunk, JobRow job) {
        return store.update(chunk.in(ChunkState.CREATING).with(chunk.remote().withIntent(clock.instant()))
                .with(chunk.waiting().creating(tokens.isAlone(chunk, job))));
    }

    /**
     * From {@link ChunkState#CREATING} to WATCHED, or back to UPLOADED with a pause if the provider has no room; unchanged if
     * it is not known whether the batch was created.
     */
    public ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) {
        try {
            return created(chunk, client.batches().createBatch(request(chunk, job)));
        } catch (UnknownOutcomeException open) {
            LOG.infof("Chunk %s: %s. It is looked for by its input file", chunk.id(), open.getMessage());
            return chunk;
        } catch (BatchApiException refused) {
            return notCreated(chunk, job, refused);
        }
    }

    private static CreateBatchRequest request(ChunkRow chunk, JobRow job) {
        JobTerms terms = job.terms();
        CreateBatchRequest request = CreateBatchRequest.of(chunk.remote().fileId(), Endpoint.of(job.endpoint()))
                .withMetadata(terms.tags());
        return terms.window() == null ? request : request.withCompletionWindow(terms.window());
    }

    ChunkRow created(ChunkRow chunk, Batch batch) {
        return store.update(Watch.seen(chunk, batch).in(ChunkState.WATCHED).with(chunk.waiting().created()));
    }

    private ChunkRow notCreated(ChunkRow chunk, JobRow job, BatchApiException refused) {
        Optional<ApiError> tokenLimit = refused.error().filter(error -> TOKEN_LIMIT.equals(error.code()));
        ChunkRow back = chunk.in(ChunkState.UPLOADED).with(chunk.remote().withIntent(null));
        if (tokenLimit.isPresent()) {
            return store.update(back.with(tokensRefused(chunk, job, tokenLimit.get().message())));
        }
        if (refused.status() == 429 && refused.isTransient()) {
            return store.update(back.with(refused(chunk.waiting(), false)));
        }
        store.update(back);
        throw refused;
    }

    /** The provider has no room for the tokens of the chunk, and may say how much it has. */
    public Waiting tokensRefused(ChunkRow chunk, JobRow job, String message) {
        tokens.refused(job.account(), chunk.input().model(), message);
        return refused(chunk.waiting(), true);
    }

    /** One more refusal, and a pause that grows with their number. */
    private Waiting refused(Waiting waiting, boolean tooManyTokens) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, waiting.refusals()));
        return waiting.withRefusal(clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause),
                tooManyTokens && waiting.byItself());
    }
}
