package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * One reading of the listing. It ends when all watched batches were seen, or the page is older than the oldest of them; and as
 * soon as it costs less to retrieve the unseen ones one by one. A reading that has to prove something continues until a page is
 * older than the time that it has to reach, by ten minutes, or to the end of a listing that is not in the order of age.
 */
final class ListingScan {

    private static final Logger LOG = Logger.getLogger(ListingScan.class);

    /** How much later than it was made a batch may appear in a listing, and clocks may differ. */
    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final int FEWEST_PAGES = 10;
    private static final int MOST_PAGES = 1_000;

    private final BatchProvider provider;
    private final SteadyClock clock;
    private final List<ChunkRow> chunks;
    private final Instant backTo;
    private final Instant startedAt;
    private final int mostPages;
    /** When they were created. */
    private final Map<String, Instant> unseen = new HashMap<>();
    private final Set<String> known;
    private final Map<String, RemoteBatch> byId = new HashMap<>();
    private final Set<String> inputs;
    private final Map<String, List<RemoteBatch>> byInput = new HashMap<>();
    private Duration ahead;
    private Instant date;
    private Instant newest;
    private Instant oldest;
    private boolean sorted = true;
    private boolean complete;
    private boolean proves;
    private int pages;

    /**
     * @param chunks whose batches are watched or looked for, or have ended, or that wait for a batch
     * @param backTo the time, by our clock, from which on the reading has to show every batch; null if it proves nothing
     */
    ListingScan(BatchProvider provider, List<ChunkRow> chunks, Instant backTo, SteadyClock clock) {
        this.provider = provider;
        this.clock = clock;
        this.chunks = chunks;
        this.backTo = backTo;
        this.startedAt = clock.instant();
        this.known = chunks.stream().map(chunk -> chunk.remote().batchId()).collect(Collectors.toSet());
        for (ChunkRow chunk : chunks) {
            if (chunk.state() == ChunkState.WATCHED) {
                unseen.put(chunk.remote().batchId(),
                        chunk.remote().createdAt() == null ? Instant.EPOCH : chunk.remote().createdAt());
            }
        }
        this.inputs = chunks.stream().map(chunk -> chunk.remote().fileId()).collect(Collectors.toSet());
        this.mostPages = backTo == null ? Math.min(MOST_PAGES, FEWEST_PAGES + unseen.size()) : MOST_PAGES;
    }

    ListingScan run() {
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            BatchPage page = provider.list(cursor);
            note(page);
            cursor = page.next();
            if (cursor == null) {
                complete = true;
            } else if (!cursors.add(cursor) || pages >= mostPages) {
                LOG.debugf("The listing %s after %d pages", pages < mostPages ? "goes in a circle" : "has not ended", pages);
                cursor = null;
            } else if (isDone(page)) {
                complete = backTo != null && sorted;
                cursor = null;
            }
        } while (cursor != null);
        proves = complete && backTo != null && chunks.stream().allMatch(this::isShown);
        return this;
    }

    private void note(BatchPage page) {
        if (pages++ == 0) {
            date = page.date();
            ahead = date == null ? Duration.ZERO : Duration.between(clock.instant(), date);
        }
        page.batches().forEach(this::note);
    }

    /**
     * @throws ProviderException if what is looked for cannot be told, which is as if there were no listing
     */
    private void note(RemoteBatch batch) {
        if (backTo != null && batch.inputFile() == null) {
            throw new ProviderException(Kind.UNSUPPORTED, "The listing names no input file of batch %s"
                    .formatted(SafeText.of(batch.id(), 100)), null, null);
        }
        Instant created = batch.createdAt();
        sorted &= created != null && (oldest == null || !created.isAfter(oldest));
        newest = newest == null ? created : newest;
        oldest = created;
        unseen.remove(batch.id());
        if (known.contains(batch.id())) {
            byId.put(batch.id(), batch);
        }
        if (inputs.contains(batch.inputFile()) && (!batch.is(State.FAILED) || batch.hasRun())) {
            byInput.computeIfAbsent(batch.inputFile(), file -> new ArrayList<>()).add(batch);
        }
    }

    private boolean isDone(BatchPage page) {
        boolean watchedDone = unseen.isEmpty() || sorted && isOlder(page, Collections.min(unseen.values()))
                || oneByOneIsCheaper();
        return watchedDone && (backTo == null || sorted && isOlder(page, backTo.plus(ahead).minus(MARGIN)));
    }

    private static boolean isOlder(BatchPage page, Instant time) {
        return !page.batches().isEmpty() && page.batches().stream()
                .allMatch(batch -> batch.createdAt() != null && batch.createdAt().isBefore(time));
    }

    /**
     * Whether there are fewer unseen batches than pages that were read, and than pages until the oldest of them, if the listing
     * stays as dense as until here.
     */
    private boolean oneByOneIsCheaper() {
        return pages >= unseen.size() && pagesLeft() >= unseen.size();
    }

    private double pagesLeft() {
        Instant reached = oldest;
        Instant wanted = Collections.min(unseen.values());
        if (reached == null || newest == null || wanted.equals(Instant.EPOCH)) {
            return Double.POSITIVE_INFINITY;
        }
        double read = Duration.between(reached, newest).toMillis();
        return read <= 0 ? 0 : pages * Duration.between(wanted, reached).toMillis() / read;
    }

    /** When it began, by our clock. */
    Instant startedAt() {
        return startedAt;
    }

    /** When it began, by the server's clock; null if the server did not tell. */
    Instant date() {
        return date;
    }

    /** A time of the server's by our clock, as far as the server told its time. */
    Instant ours(Instant server) {
        return server.minus(ahead);
    }

    /** Null if the batch was not seen. */
    RemoteBatch batch(String id) {
        return byId.get(id);
    }

    /** The batches of the input file of a chunk, except those that were refused and ran nothing. */
    List<RemoteBatch> batchesOf(ChunkRow chunk) {
        List<RemoteBatch> all = byInput.get(chunk.remote().fileId());
        return all == null ? List.of() : all.stream().filter(batch -> !batch.id().equals(chunk.remote().refused())).toList();
    }

    /** Whether a batch that it does not show is not there: it went as far as it had to, and shows all that is known. */
    boolean proves() {
        return proves;
    }

    private boolean isShown(ChunkRow chunk) {
        String id = chunk.remote().batchId();
        RemoteBatch batch = id == null ? null : byId.get(id);
        if (batch != null) {
            return chunk.remote().fileId().equals(batch.inputFile());
        }
        Instant created = chunk.remote().createdAt();
        boolean inRange = id != null && chunk.state() != ChunkState.GONE
                && (created == null || !created.isBefore(backTo.plus(ahead)));
        return !inRange;
    }
}
