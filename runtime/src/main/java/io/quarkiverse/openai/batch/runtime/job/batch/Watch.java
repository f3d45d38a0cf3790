package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Absence;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * Step: looks how the batches of a client are, finds those whose creation was not answered, and batches created twice, with one
 * reading of the listing. Where there is no listing, batches are retrieved one at a time.
 */
public final class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);

    /** How long after its expiry a batch is waited for. */
    private static final Duration GRACE = Duration.ofHours(2);

    private final JobStore store;
    private final SteadyClock clock;
    private final Create create;
    private final Looks looks;

    public Watch(JobStore store, SteadyClock clock, Create create, Looks looks) {
        this.store = store;
        this.clock = clock;
        this.create = create;
        this.looks = looks;
    }

    /**
     * One look. What happens to one chunk does not keep the look from the others.
     *
     * @param name of the client
     * @param chunks all of the client's jobs that are under way
     * @param onward takes each chunk on that has something to do now
     * @return whether a chunk has changed
     * @throws ProviderException if the listing cannot be read, or a batch not be retrieved
     */
    public boolean run(String name, List<ChunkRow> chunks, JobClient client, Consumer<ChunkRow> onward) {
        Look look = new Look(client, onward);
        List<ChunkRow> searched = chunks.stream().filter(chunk -> isSearched(chunk, client)).toList();
        List<ChunkRow> waiting = chunks.stream().filter(chunk -> chunk.state().isWaiting()).toList();
        ListingScan scan = scan(name, chunks, looks.backTo(name, searched, waiting), client);
        if (scan == null) {
            searched.forEach(onward);
        } else {
            looks.read(name, scan, waiting);
            look.each(searched, chunk -> look.search(chunk, scan));
            look.each(waiting, chunk -> look.adopt(chunk, scan));
            look.each(chunks.stream().filter(ChunkRow::isPastBatch).toList(), chunk -> look.twins(chunk, scan));
        }
        look.each(chunks.stream().filter(chunk -> chunk.state() == ChunkState.WATCHED).toList(),
                chunk -> look.watch(chunk, scan));
        if (scan != null && !scan.proves() && !(searched.isEmpty() && waiting.isEmpty())) {
            look.failedWith(new ProviderException(Kind.TRANSIENT, "The listing of batches does not prove which of them are "
                    + "there: it goes in a circle, does not end, or does not show a batch that is there. Nothing is created "
                    + "until it does", null, null));
        }
        return look.end();
    }

    private boolean isSearched(ChunkRow chunk, JobClient client) {
        return chunk.state() == ChunkState.OPEN
                || chunk.state() == ChunkState.CREATING && !chunk.remote().isLeased(clock, client.settings().lease());
    }

    /** Null if the provider does not list batches. */
    private ListingScan scan(String name, List<ChunkRow> chunks, Instant backTo, JobClient client) {
        if (!looks.canFind(name, client)) {
            return null;
        }
        try {
            return new ListingScan(client.provider(), chunks.stream().filter(chunk -> chunk.remote().fileId() != null).toList(),
                    backTo, clock).run();
        } catch (ProviderException e) {
            if (!e.is(Kind.UNSUPPORTED)) {
                throw e;
            }
            looks.refused(name, e);
            LOG.warnf(
                    "The provider of client %s does not list batches: %s. Each batch is retrieved by itself, and batches that "
                            + "were created twice are not noticed",
                    name, e.getMessage());
            return null;
        }
    }

    /** Asks the provider to stop the batch of a chunk; the looks do so again until it does. */
    public ChunkRow cancel(ChunkRow chunk, JobClient client) {
        ChunkRow decided = store.update(chunk.with(chunk.remote().withCancel()));
        DuplicateBatches.cancel(chunk.remote().batchId(), client.provider());
        chunk.remote().twins().forEach(twin -> DuplicateBatches.cancel(twin, client.provider()));
        return decided;
    }

    /** Whether somebody else has cancelled the batch. */
    public static boolean cancelledByOthers(ChunkRow chunk) {
        return chunk.batchIs(State.CANCELLED) && !chunk.remote().cancelledByUs();
    }

    private final class Look {

        private final JobClient client;
        private final Consumer<ChunkRow> onward;
        private ProviderException failure;
        private boolean changed;

        Look(JobClient client, Consumer<ChunkRow> onward) {
            this.client = client;
            this.onward = onward;
        }

        void each(List<ChunkRow> chunks, UnaryOperator<ChunkRow> step) {
            for (ChunkRow chunk : chunks) {
                try {
                    ChunkRow after = step.apply(chunk);
                    changed |= after != chunk;
                    if (after.state() != chunk.state()) {
                        onward.accept(after);
                    }
                } catch (StaleRowException changedMeanwhile) {
                    LOG.debugf("Chunk %s was changed during the look", chunk.id());
                } catch (ProviderException e) {
                    failure = e;
                }
            }
        }

        void failedWith(ProviderException e) {
            failure = failure == null ? e : failure;
        }

        boolean end() {
            if (failure != null) {
                throw failure;
            }
            return changed;
        }

        ChunkRow watch(ChunkRow chunk, ListingScan scan) {
            RemoteBatch batch = scan == null ? null : scan.batch(chunk.remote().batchId());
            if (batch == null) {
                try {
                    batch = client.provider().retrieve(chunk.remote().batchId());
                } catch (ProviderException e) {
                    return unanswered(chunk, e);
                }
            }
            ChunkRow seen = chunk.with(chunk.remote().withBatch(batch)).with(chunk.waiting().with((NotFound) null));
            seen = scan == null ? seen : withTwins(seen, batch, scan);
            if (isOver(chunk, batch)) {
                return store.update(seen.in(ChunkState.ENDED).with(seen.waiting().withEndedAt(clock.instant())));
            }
            boolean seemed = seen.waiting().endedAt() != null;
            if (batch.hasEnded() != seemed) {
                seen = seen.with(seen.waiting().withEndedAt(seemed ? null : clock.instant()));
            }
            ChunkRow stored = seen.equals(chunk) ? chunk : store.update(seen);
            if (stored.remote().cancelledByUs()) {
                DuplicateBatches.cancel(List.of(batch), client.provider());
            }
            return overdue(stored, scan);
        }

        /** One that only seems to have ended is over when it has seemed so for the time that provider may lag. */
        private boolean isOver(ChunkRow chunk, RemoteBatch batch) {
            Instant since = chunk.waiting().endedAt();
            return batch.state().isTerminal() || batch.hasEnded() && since != null
                    && clock.hasPassed(client.settings().settle(), since);
        }

        /** Notes batches that were created twice, and cancels all but the oldest. */
        private ChunkRow withTwins(ChunkRow chunk, RemoteBatch batch, ListingScan scan) {
            List<RemoteBatch> others = others(chunk, scan);
            if (others.isEmpty()) {
                return chunk;
            }
            ChunkRow noted = noted(chunk, others);
            List<RemoteBatch> younger = DuplicateBatches.younger(Stream.concat(others.stream(), Stream.of(batch)).toList());
            DuplicateBatches.cancel(younger.stream().filter(other -> other != batch).toList(), client.provider());
            return younger.contains(batch) ? noted.with(noted.remote().withCancel()) : noted;
        }

        private List<RemoteBatch> others(ChunkRow chunk, ListingScan scan) {
            return scan.batchesOf(chunk).stream().filter(other -> !other.id().equals(chunk.remote().batchId())).toList();
        }

        private ChunkRow noted(ChunkRow chunk, List<RemoteBatch> others) {
            ChunkRow noted = chunk;
            for (RemoteBatch other : others) {
                if (!noted.remote().twins().contains(other.id())) {
                    LOG.warnf("Chunk %s has been created twice: besides %s there is %s. The younger one is cancelled, and what "
                            + "both answered is collected", chunk.id(), SafeText.of(chunk.remote().batchId(), 100),
                            SafeText.of(other.id(), 100));
                    noted = noted.with(noted.remote().withTwin(other.id()));
                }
            }
            return noted.equals(chunk) ? chunk : store.update(noted);
        }

        /**
         * Batches that appear when the lines of a chunk have their outcomes: they are stopped, and their answers not needed.
         */
        ChunkRow twins(ChunkRow chunk, ListingScan scan) {
            List<RemoteBatch> others = others(chunk, scan);
            ChunkRow noted = noted(chunk, others);
            DuplicateBatches.cancel(others, client.provider());
            return noted;
        }

        private ChunkRow unanswered(ChunkRow chunk, ProviderException e) {
            if (!e.kind().isAbsent()) {
                throw e;
            }
            Instant now = clock.instant();
            ChunkRow noted = NotFoundGrace.noted(chunk, What.BATCH, now);
            boolean gone = e.is(Kind.GONE) || NotFoundGrace.isFinal(noted, clock);
            return store.update(gone ? noted.in(ChunkState.GONE) : noted);
        }

        private ChunkRow overdue(ChunkRow chunk, ListingScan scan) {
            Instant expiry = chunk.remote().batch().expiresAt();
            if (expiry == null || chunk.remote().cancelledByUs()
                    || clock.instant().isBefore((scan == null ? expiry : scan.ours(expiry)).plus(GRACE))) {
                return chunk;
            }
            LOG.warnf("Batch %s should have ended at %s: it is cancelled, and what it answered is collected",
                    SafeText.of(chunk.remote().batchId(), 100), expiry);
            return cancel(chunk, client);
        }

        /** A chunk that waits for its batch may have one. */
        ChunkRow adopt(ChunkRow chunk, ListingScan scan) {
            RemoteBatch oldest = DuplicateBatches.oldest(scan.batchesOf(chunk));
            if (oldest == null) {
                return chunk;
            }
            LOG.infof("Chunk %s: its batch was created after all, as %s", chunk.id(), SafeText.of(oldest.id(), 100));
            return create.found(chunk, oldest, client);
        }

        /** A batch is taken for not created when readings did not show it for the time that the provider may lag. */
        ChunkRow search(ChunkRow chunk, ListingScan scan) {
            ChunkRow found = adopt(chunk, scan);
            if (found != chunk || !scan.proves()) {
                return found;
            }
            Absence absence = chunk.waiting().absence();
            if (absence == null || !clock.isOwn(absence.since())) {
                Absence begun = new Absence(scan.startedAt(), scan.date());
                return store.update(chunk.with(chunk.waiting().withAbsence(begun)));
            }
            Duration settle = client.settings().settle();
            boolean byServer = absence.date() == null || scan.date() == null
                    || !scan.date().isBefore(absence.date().plus(settle));
            if (!byServer || scan.startedAt().isBefore(absence.since().plus(settle))) {
                return chunk;
            }
            LOG.infof("Chunk %s: its batch was not created, and is created now", chunk.id());
            return store.update(chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutIntent())
                    .with(chunk.waiting().withAbsence(null)));
        }
    }
}
