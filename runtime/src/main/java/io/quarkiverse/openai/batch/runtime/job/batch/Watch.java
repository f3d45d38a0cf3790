package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;

/**
 * Step: looks how the batches of a client are, finds those whose creation was not answered, and batches created twice, with one
 * reading of the listing.
 */
public final class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);

    /** How long after its expiry a batch is waited for. */
    private static final Duration GRACE = Duration.ofHours(2);

    private final JobStore store;
    private final InstantSource clock;
    private final Create create;

    public Watch(JobStore store, InstantSource clock, Create create) {
        this.store = store;
        this.clock = clock;
        this.create = create;
    }

    /**
     * One sweep. What happens to one chunk does not keep the sweep from the others.
     *
     * @param chunks all of the client that are {@link ChunkState#WATCHED} or {@link ChunkState#CREATING}
     * @param ended those of the same jobs whose batches have ended
     * @param onward takes each chunk on that is in another state than before
     * @throws BatchApiException if the listing cannot be read, or a batch not be retrieved
     */
    public void run(List<ChunkRow> chunks, List<ChunkRow> ended, JobClient client, Consumer<ChunkRow> onward) {
        ListingScan scan = new ListingScan(client.batches(), chunks, ended, clock).run();
        ended.forEach(chunk -> lateTwins(chunk, scan, client));
        BatchApiException failure = null;
        for (ChunkRow chunk : chunks) {
            try {
                ChunkRow after = chunk.state() == ChunkState.WATCHED ? watch(chunk, scan, client) : look(chunk, scan, client);
                if (after.state() != chunk.state()) {
                    onward.accept(after);
                }
            } catch (StaleRowException changedMeanwhile) {
                LOG.debugf("Chunk %s was changed during the sweep", chunk.id());
            } catch (BatchApiException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private ChunkRow watch(ChunkRow chunk, ListingScan scan, JobClient client) {
        Batch batch = scan.batch(chunk.remote().batchId());
        if (batch == null) {
            try {
                batch = client.batches().retrieveBatch(chunk.remote().batchId());
            } catch (BatchApiException e) {
                return unanswered(chunk, e);
            }
        }
        ChunkRow seen = twins(seen(chunk, batch).with(chunk.waiting().withNotFound(0, null)), batch, scan, client);
        if (batch.status().isTerminal()) {
            return store.update(seen.in(ChunkState.ENDED).with(seen.waiting().withEndedAt(clock.instant())));
        }
        ChunkRow stored = seen.equals(chunk) ? chunk : store.update(seen);
        if (stored.remote().cancelledByUs()) {
            DuplicateBatches.cancel(List.of(batch), client.batches());
        }
        return overdue(stored, client);
    }

    /** Notes batches that were created twice, and cancels all but the oldest. */
    private ChunkRow twins(ChunkRow chunk, Batch batch, ListingScan scan, JobClient client) {
        List<Batch> others = scan.batchesOf(chunk.remote().fileId()).stream().filter(other -> !other.id().equals(batch.id()))
                .toList();
        if (others.isEmpty()) {
            return chunk;
        }
        Set<String> ids = new LinkedHashSet<>(chunk.remote().twins());
        ChunkRow noted = chunk;
        if (ids.addAll(others.stream().map(Batch::id).toList())) {
            LOG.warnf("Chunk %s has been created twice: besides %s there is %s. The younger one is cancelled, and what both "
                    + "answered is collected", chunk.id(), SafeText.of(batch.id(), 100), SafeText.of(ids.toString(), 200));
            noted = store.update(chunk.with(chunk.remote().withTwins(List.copyOf(ids))));
        }
        List<Batch> all = new ArrayList<>(others);
        all.add(batch);
        List<Batch> younger = DuplicateBatches.younger(all);
        DuplicateBatches.cancel(younger.stream().filter(other -> other != batch).toList(), client.batches());
        return younger.contains(batch) ? noted.with(noted.remote().withCancel()) : noted;
    }

    /** Batches that appear when the lines of a chunk have their outcomes: they are stopped, and their answers not needed. */
    private void lateTwins(ChunkRow chunk, ListingScan scan, JobClient client) {
        List<Batch> others = scan.batchesOf(chunk.remote().fileId()).stream()
                .filter(batch -> !batch.id().equals(chunk.remote().batchId())).toList();
        if (others.isEmpty() || !hasStillItsBatch(chunk)) {
            return;
        }
        Set<String> ids = new LinkedHashSet<>(chunk.remote().twins());
        if (ids.addAll(others.stream().map(Batch::id).toList())) {
            LOG.warnf("Chunk %s has been created twice: besides %s there is %s, which is cancelled", chunk.id(),
                    SafeText.of(chunk.remote().batchId(), 100), SafeText.of(ids.toString(), 200));
            store.change(chunk.job(), chunk.number(), row -> row.with(row.remote().withTwins(List.copyOf(ids))));
        }
        DuplicateBatches.cancel(others, client.batches());
    }

    /** A chunk that was refused may have got another batch while the listing was read. */
    private boolean hasStillItsBatch(ChunkRow chunk) {
        return store.chunk(chunk.job(), chunk.number())
                .filter(row -> chunk.remote().batchId().equals(row.remote().batchId())).isPresent();
    }

    private ChunkRow unanswered(ChunkRow chunk, BatchApiException e) {
        if (!e.isNotFound()) {
            throw e;
        }
        Instant now = clock.instant();
        ChunkRow noted = NotFoundGrace.noted(chunk, now);
        return store.update(NotFoundGrace.isFinal(noted, now) ? noted.in(ChunkState.GONE) : noted);
    }

    private ChunkRow overdue(ChunkRow chunk, JobClient client) {
        Instant expiry = chunk.remote().expiresAt();
        if (expiry == null || chunk.remote().cancelledByUs() || clock.instant().isBefore(expiry.plus(GRACE))) {
            return chunk;
        }
        LOG.warnf("Batch %s should have ended at %s: it is cancelled, and what it answered is collected",
                SafeText.of(chunk.remote().batchId(), 100), expiry);
        return cancel(chunk, client);
    }

    /** Asks the provider to stop the batch of a chunk; the sweeps do so again until it does. */
    public ChunkRow cancel(ChunkRow chunk, JobClient client) {
        ChunkRow intended = store.update(chunk.with(chunk.remote().withCancel()));
        DuplicateBatches.cancel(chunk.remote().batchId(), client.batches());
        chunk.remote().twins().forEach(twin -> DuplicateBatches.cancel(twin, client.batches()));
        return intended;
    }

    private ChunkRow look(ChunkRow chunk, ListingScan scan, JobClient client) {
        Batch oldest = DuplicateBatches.oldest(scan.batchesOf(chunk.remote().fileId()));
        if (oldest != null) {
            LOG.infof("Chunk %s: its batch was created after all, as %s", chunk.id(), SafeText.of(oldest.id(), 100));
            return create.created(chunk, oldest);
        }
        Instant read = scan.startedAt();
        if (chunk.waiting().lookingSince() == null) {
            return store.update(chunk.with(chunk.waiting().withLookingSince(read)));
        }
        Duration settle = client.settings().settle();
        boolean settled = !read.isBefore(chunk.waiting().lookingSince().plus(settle))
                && !read.isBefore(chunk.remote().intentAt().plus(client.settings().callTimeout()).plus(settle));
        if (!settled) {
            return chunk;
        }
        LOG.infof("Chunk %s: its batch was not created, and is created now", chunk.id());
        return store.update(chunk.in(ChunkState.UPLOADED).with(chunk.remote().withIntent(null))
                .with(chunk.waiting().withLookingSince(null)));
    }

    /** What a batch tells. */
    static ChunkRow seen(ChunkRow chunk, Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        long completed = counts == null || counts.completed() == null ? 0 : counts.completed();
        long failed = counts == null || counts.failed() == null ? 0 : counts.failed();
        Instant created = batch.createdAt() == null ? chunk.remote().createdAt() : batch.createdAt();
        return chunk.with(chunk.remote().withBatch(batch.id(), created, batch.expiresAt(), batch.statusText(), completed,
                failed));
    }

    /** Whether somebody else has cancelled the batch. */
    public static boolean cancelledByOthers(ChunkRow chunk) {
        return BatchStatus.of(chunk.remote().status()) == BatchStatus.CANCELLED && !chunk.remote().cancelledByUs();
    }
}
