package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Faults.SeededBatchFault;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.file.FileStore;

/** The batches of one emulator. */
public final class BatchStore {

    private static final Duration RATE_PERIOD = Duration.ofHours(1);

    private volatile BatchEnvironment environment;
    private final Faults faults;
    private final Consumer<Batch> ended;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Entry, Entry> newestFirst = new ConcurrentSkipListMap<>(Entry.OLDEST_FIRST.reversed());
    private final Map<String, Entry> active = new ConcurrentHashMap<>();

    /**
     * @param upstream who answers the lines, or null for the emulator itself
     * @param ended gets each batch once, when it is seen to have ended
     */
    public BatchStore(FileStore files, Pace pace, Supplier<Limits> limits, Upstream upstream, Ledger ledger, Faults faults,
            Consumer<Batch> ended) {
        this.environment = new BatchEnvironment(files, pace, limits, upstream, ledger, new EnqueuedTokens());
        this.faults = faults;
        this.ended = ended;
    }

    public Pace pace() {
        return environment.pace();
    }

    /** Sets how long the states of batches last that are created from now on. */
    public void pace(Pace pace) {
        environment = environment.with(pace);
    }

    /** Creates a batch, with the next misbehaviour; its input file must be retained. */
    public Batch create(BatchSpec spec, Instant createdAt) {
        SeededBatchFault fault = faults.nextOfBatch().orElse(SeededBatchFault.NONE);
        return add(new ExecutedBatch(newId(), spec, createdAt, environment, fault));
    }

    /**
     * Creates batches of somebody else.
     *
     * @throws IllegalArgumentException if one of the statuses is none
     */
    public void create(ForeignBatches spec, Instant now) {
        for (int index = 0; index < spec.count(); index++) {
            BatchStatus status = BatchStatus.of(spec.statuses().get(index % spec.statuses().size()));
            add(new ForeignBatch(newId(), now.minus(spec.age(index)), status, environment.pace()));
        }
    }

    private static String newId() {
        return "batch_" + UUID.randomUUID().toString().replace("-", "");
    }

    private Batch add(Batch batch) {
        Entry entry = new Entry(batch, sequence.incrementAndGet());
        byId.put(batch.id(), entry);
        if (!batch.status().terminal()) {
            active.put(batch.id(), entry);
        }
        newestFirst.put(entry, entry);
        return batch;
    }

    public Optional<Batch> find(String id, Instant now) {
        return Optional.ofNullable(byId.get(id)).map(Entry::batch)
                .filter(batch -> !now.isBefore(batch.createdAt().plus(batch.retrievalLag())));
    }

    /** All batches that are listed at a time, after the given one, or from the first on. */
    public Stream<Batch> list(Batch after, boolean fromNewest, Instant now) {
        ConcurrentNavigableMap<Entry, Entry> entries = fromNewest ? newestFirst : newestFirst.descendingMap();
        if (after != null) {
            entries = entries.tailMap(byId.get(after.id()), false);
        }
        return entries.values().stream().map(Entry::batch)
                .filter(batch -> !now.isBefore(batch.createdAt().plus(batch.listingLag())));
    }

    /** All batches, newest first, whatever the misbehaviour. */
    public Stream<Batch> all() {
        return newestFirst.values().stream().map(Entry::batch);
    }

    /** Batches created in the hour before, not counting those of somebody else. */
    public long createdInLastHour(Instant now) {
        Instant start = now.minus(RATE_PERIOD);
        return all().takeWhile(batch -> batch.createdAt().isAfter(start)).filter(batch -> !batch.foreign()).count();
    }

    /** The batch as the API shows it at a time, or as near to it as the deadline allows. */
    public ObjectNode show(Batch batch, Instant now, Deadline deadline) {
        if (environment.limits().get().enqueuedTokens() > 0) {
            // Which batch is refused depends on when the others ended.
            advanceAll(now, deadline);
        }
        advance(batch, now, deadline);
        return batch.toJson(now, false);
    }

    /** Moves all batches to the state they have at a time, or as near to it as the deadline allows. */
    public void advanceAll(Instant now, Deadline deadline) {
        active.values().stream().sorted(Entry.OLDEST_FIRST).forEach(entry -> advance(entry.batch, now, deadline));
    }

    private void advance(Batch batch, Instant now, Deadline deadline) {
        if (active.containsKey(batch.id()) && !deadline.passed()) {
            batch.advance(now, deadline);
            if (batch.status().terminal() && active.remove(batch.id()) != null) {
                ended.accept(batch);
            }
        }
    }

    /** Gives up all batches. */
    public void clear() {
        active.values().forEach(entry -> entry.batch.discard());
        active.clear();
        byId.clear();
        newestFirst.clear();
    }

    private record Entry(Batch batch, long sequence) {

        static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing((Entry entry) -> entry.batch.createdAt())
                .thenComparing(Entry::sequence);
    }
}
