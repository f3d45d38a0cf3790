package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.setup.HandlerRetry;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.Handed;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Gives a handler the results of a chunk from its checkpoint on, until it has taken all, or takes none.
 *
 * <p>
 * A line that fails is no proof of a bad line, since a database may be down. So the next lines are tried. Once one of them is
 * taken, the lines before it are tried again, and those that fail then are set aside. While none is taken, the turn ends, and
 * the next one begins at the first of them.
 */
final class HandlerTurn {

    private static final Logger LOG = Logger.getLogger(HandlerTurn.class);

    private static final int LINES = 100;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

    private final JobStore store;
    private final ChunkFiles files;
    private final InstantSource clock;
    private final Delivery delivery;
    private final HandlerMethod handler;
    private final ChunkRow chunk;
    private final HandlerCalls calls;
    /** Lines that failed in a row, with the number of calls. */
    private final TreeMap<Integer, Integer> failing = new TreeMap<>();
    private final Set<Integer> setAside = new TreeSet<>();
    private HandlerRetry retry;
    private boolean once;
    private Outage outage;
    /** The first failure of the failing lines. */
    private long failure;
    private int reached;
    private int stored;
    private long storedAt = System.nanoTime();

    HandlerTurn(JobStore store, ChunkFiles files, InstantSource clock, Delivery delivery, HandlerMethod handler,
            ChunkRow chunk, HandlerCalls calls) {
        this.store = store;
        this.files = files;
        this.clock = clock;
        this.delivery = delivery;
        this.handler = handler;
        this.chunk = chunk;
        this.calls = calls;
        this.reached = Math.toIntExact(chunk.handed().past(handler.id()));
        this.stored = reached;
    }

    /**
     * @throws CancellationException if the chunk was given to another call meanwhile
     */
    static ChunkRow requireClaimed(ChunkRow now, ChunkRow claimed) {
        if (now.state() != ChunkState.COLLECTED || now.handed().claim() != claimed.handed().claim()) {
            throw new CancellationException("The hand-over of chunk %s was given up".formatted(claimed.id()));
        }
        return now;
    }

    /** Returns the outage after the turn; without a time if the handler is through, or the job does not continue. */
    Outage run(Outage before, HandlerRetry handlerRetry) throws IOException {
        outage = before;
        retry = handlerRetry;
        try (StoredResults results = new ChunkResults(files, chunk).openNew(reached, handler.outcomes()::include)) {
            while (continues() && results.hasNext()) {
                if (!hand(take(results))) {
                    return pause();
                }
                if (isCheckpointDue()) {
                    checkpoint();
                }
            }
            if (!isSettled()) {
                return pause();
            }
            reached = results.hasNext() ? reached : Math.toIntExact(chunk.input().lines());
            return Outage.NONE;
        } finally {
            checkpoint();
        }
    }

    /** Whether the job is under way; a cancelled one makes each call once. */
    private boolean continues() {
        JobRow job = store.job(chunk.job()).filter(row -> row.isUnderWay() && !row.reading().replaced()).orElse(null);
        once = job != null && job.isCancelled();
        return job != null;
    }

    private List<StoredResult> take(Iterator<StoredResult> results) {
        int most = handler.takesList() && failing.isEmpty() ? LINES : 1;
        List<StoredResult> lines = new ArrayList<>(most);
        while (lines.size() < most && results.hasNext()) {
            lines.add(results.next());
        }
        return lines;
    }

    /** False if the turn is over, since as many lines in a row fail as may. */
    private boolean hand(List<StoredResult> lines) throws IOException {
        if (lines.size() > 1 && isTaken(lines, 0)) {
            return true;
        }
        for (StoredResult line : lines) {
            if (isTaken(List.of(line), failing.isEmpty() ? 0 : retry.attempts() - 1)) {
                continue;
            }
            long failed = calls.failed();
            failure = failing.isEmpty() ? failed : failure;
            failing.put(line.line(), failing.isEmpty() ? retry.attempts() : 1);
            continues();
            if (once) {
                setFailingAside();
                reached = line.line() + 1;
            } else if (failing.size() >= outage.lines() && !isSettled()) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param made number of calls that were made, or count as made
     */
    private boolean isTaken(List<StoredResult> lines, int made) throws IOException {
        long begun = calls.begun();
        if (!delivery.isTaken(lines, once ? 1 : Math.max(1, retry.attempts() - made), pastAll(lines))) {
            return false;
        }
        calls.taken(begun);
        settle();
        reached = lines.get(lines.size() - 1).line() + 1;
        return true;
    }

    /**
     * Whether it is known what the failing lines are: bad if the handler takes others meanwhile, of other chunks too. After
     * some time it is enough that it took others since they fail, or that there are no others.
     */
    private boolean isSettled() throws IOException {
        if (once) {
            setFailingAside();
        } else if (calls.tookAfter(failure)) {
            settle();
        } else if (outage.isFor(retry.maxElapsedTime(), clock.instant())
                && (failing.size() == 1 || calls.tookAfter(outage.failure()))) {
            settle();
        }
        return failing.isEmpty();
    }

    /** Tries the failing lines again, and sets those aside that fail. */
    private void settle() throws IOException {
        outage = Outage.NONE;
        if (failing.isEmpty()) {
            return;
        }
        try (StoredResults again = new ChunkResults(files, chunk).open(failing.firstKey(), failing::containsKey)) {
            while (again.hasNext()) {
                StoredResult line = again.next();
                int left = once ? 1 : Math.max(1, retry.attempts() - failing.get(line.line()));
                if (!delivery.isTaken(List.of(line), left, pastFailed(line))) {
                    setAside.add(line.line());
                }
                reached = line.line() + 1;
                if (isCheckpointDue()) {
                    checkpoint();
                }
            }
        }
        failing.clear();
    }

    /** Those that failed before count as set aside, until they are tried again. */
    private UnaryOperator<ChunkRow> pastAll(List<StoredResult> lines) {
        int last = lines.get(lines.size() - 1).line();
        Set<Integer> behind = new TreeSet<>(setAside);
        behind.addAll(failing.keySet());
        return row -> {
            Handed handed = requireClaimed(row, chunk).handed();
            if (handed.past(handler.id()) > last) {
                throw new TakenBeforeException();
            }
            return row.with(handed.withPast(handler.id(), last + 1, behind));
        };
    }

    /** A line that failed was set aside with a later one that was taken, or is the next. */
    private UnaryOperator<ChunkRow> pastFailed(StoredResult line) {
        Set<Integer> behind = new TreeSet<>(setAside);
        return row -> {
            Handed handed = requireClaimed(row, chunk).handed();
            if (handed.hasFailed(handler.id(), line.line())) {
                return row.with(handed.withTaken(handler.id(), line.line()));
            }
            if (handed.past(handler.id()) > line.line()) {
                throw new TakenBeforeException();
            }
            return row.with(handed.withPast(handler.id(), line.line() + 1, behind));
        };
    }

    private void setFailingAside() {
        setAside.addAll(failing.keySet());
        failing.clear();
    }

    /** A line may be taken that is behind those that are tried again. */
    private boolean isCheckpointDue() {
        return reached - stored >= LINES - 1 || reached > stored
                && System.nanoTime() - storedAt >= CHECKPOINT_INTERVAL.toNanos();
    }

    private void checkpoint() {
        store.change(chunk.job(), chunk.number(), row -> requireClaimed(row, chunk)
                .with(row.handed().withPast(handler.id(), past(row), setAside)));
        setAside.clear();
        stored = reached;
        storedAt = System.nanoTime();
    }

    /** What was stored with the writes of the handler stays. */
    private long past(ChunkRow row) {
        return delivery.isTransactional() ? Math.max(reached, row.handed().past(handler.id())) : reached;
    }

    private Outage pause() {
        Instant now = clock.instant();
        Outage paused = outage.and(now, retry.pause(outage.rounds()), failure);
        if (paused.isFor(retry.maxElapsedTime(), now)) {
            LOG.warnf("Job %s waits for %s, which has taken none of its results since %s. It is called again at %s. "
                    + "Cancel the job to set aside what it does not take", chunk.job(), handler.id(), paused.since(),
                    paused.until());
        }
        return paused;
    }
}
