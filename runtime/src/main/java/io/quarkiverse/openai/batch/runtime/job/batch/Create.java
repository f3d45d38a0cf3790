package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider.NewBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Waiting;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Step: creates the batch of a chunk. Whatever leaves open whether it was created leaves the chunk in
 * {@link ChunkState#CREATING}, and {@link Watch} looks for the batch by its input file once the lease has ended.
 */
public final class Create {

    private static final Logger LOG = Logger.getLogger(Create.class);

    /** The longest pause between two attempts to create a batch. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    private final JobStore store;
    private final SteadyClock clock;
    private final EnqueuedTokens tokens;

    public Create(JobStore store, SteadyClock clock, EnqueuedTokens tokens) {
        this.tokens = tokens;
        this.store = store;
        this.clock = clock;
    }

    /**
     * From {@link ChunkState#ADMITTED} to WATCHED; back to UPLOADED with a pause if the provider has no room, or without one if
     * the lease was used up before the call; CREATING if it is not known whether the batch was created.
     */
    public ChunkRow run(ChunkRow admitted, JobRow job, JobClient client) {
        Instant now = clock.instant();
        ChunkRow decided = store.update(admitted.in(ChunkState.CREATING)
                .with(admitted.remote().withIntent(now, now.plus(client.settings().lease())))
                .with(admitted.waiting().creating(tokens.isAlone(admitted, job))));
        if (clock.instant().plus(client.settings().callTimeout()).isAfter(decided.remote().intent().leaseEnd())) {
            LOG.infof("Chunk %s: its batch is not created now, since the lease is used up", decided.id());
            return notCreated(decided, decided.waiting());
        }
        try {
            return created(decided, client.provider().create(batch(decided, job)), client);
        } catch (ProviderException e) {
            if (e.is(Kind.OPEN)) {
                LOG.infof("Chunk %s: %s. It is looked for by its input file", decided.id(), e.getMessage());
                return store.learn(decided, row -> row.with(row.remote().withLeaseEnd(clock.instant())), row -> row);
            }
            return refused(decided, job, e);
        } catch (ConfigurationException | IllegalArgumentException nothingSent) {
            notCreated(decided, decided.waiting());
            throw nothingSent;
        }
    }

    private static NewBatch batch(ChunkRow chunk, JobRow job) {
        return new NewBatch(chunk.remote().fileId(), job.endpoint(), job.terms().window(), job.terms().tags());
    }

    /** The create of a chunk is answered: the batch is the chunk's, or a twin of the chunk's. */
    private ChunkRow created(ChunkRow decided, RemoteBatch batch, JobClient client) {
        return stopIfTwin(batch, client, store.learn(decided, row -> adopted(row, batch), row -> twin(row, batch)));
    }

    /**
     * A batch of the file of a chunk is found. It is ignored if a later create has begun since: its answer, or a later look,
     * says whose the batch is.
     */
    ChunkRow found(ChunkRow chunk, RemoteBatch batch, JobClient client) {
        return stopIfTwin(batch, client, store.learn(chunk, row -> adopted(row, batch), row -> row));
    }

    private static ChunkRow stopIfTwin(RemoteBatch batch, JobClient client, ChunkRow learned) {
        if (learned.remote().twins().contains(batch.id())) {
            LOG.warnf("Chunk %s has been created twice: besides %s there is %s, which is cancelled", learned.id(),
                    SafeText.of(learned.remote().batchId(), 100), SafeText.of(batch.id(), 100));
            DuplicateBatches.cancel(batch.id(), client.provider());
        }
        return learned;
    }

    /**
     * A person says which batch is a chunk's.
     *
     * @throws IllegalArgumentException if the batch has another input file
     */
    public void adopt(ChunkRow chunk, RemoteBatch batch, JobClient client) {
        if (batch.inputFile() != null && !batch.inputFile().equals(chunk.remote().fileId())) {
            throw new IllegalArgumentException("Batch %s has the input file %s, and chunk %d has %s".formatted(
                    SafeText.of(batch.id(), 100), SafeText.of(batch.inputFile(), 100), chunk.number(),
                    chunk.remote().fileId()));
        }
        found(chunk, batch, client);
    }

    private static ChunkRow adopted(ChunkRow row, RemoteBatch batch) {
        boolean waits = row.state().isWaiting() || row.state() == ChunkState.CREATING || row.state() == ChunkState.OPEN;
        return waits && row.remote().batch() == null
                ? row.in(ChunkState.WATCHED).with(row.remote().withBatch(batch)).with(row.waiting().created())
                : twin(row, batch);
    }

    private static ChunkRow twin(ChunkRow row, RemoteBatch batch) {
        return batch.id().equals(row.remote().batchId()) ? row : row.with(row.remote().withTwin(batch.id()));
    }

    private ChunkRow refused(ChunkRow decided, JobRow job, ProviderException refused) {
        if (refused.is(Kind.NO_ROOM)) {
            return notCreated(decided, tokensRefused(decided, job, refused.detail()));
        }
        if (refused.is(Kind.BUSY)) {
            return notCreated(decided, refused(decided.waiting(), false));
        }
        notCreated(decided, decided.waiting());
        throw refused;
    }

    private ChunkRow notCreated(ChunkRow decided, Waiting waiting) {
        return store.learn(decided, row -> row.state() == ChunkState.CREATING
                ? row.in(ChunkState.UPLOADED).with(row.remote().withoutIntent()).with(waiting)
                : row, row -> row);
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
