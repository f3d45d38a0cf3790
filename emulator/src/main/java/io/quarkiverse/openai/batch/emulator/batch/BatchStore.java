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
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.emulator.file.FileStore;

/** The batches of one emulator. */
public final class BatchStore {

    private static final Duration RATE_PERIOD = Duration.ofHours(1);

    private final BatchEnvironment environment;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Entry, Entry> newestFirst = new ConcurrentSkipListMap<>(
            Comparator.comparing(Entry::createdAt).thenComparing(Entry::sequence).reversed());
    private final Map<String, Entry> active = new ConcurrentHashMap<>();

    public BatchStore(FileStore files, Pace pace, Supplier<Limits> limits, Upstream upstream) {
        this.environment = new BatchEnvironment(files, pace, limits, upstream, new EnqueuedTokens());
    }

    /** Creates a batch; its input file must be retained. */
    public Batch create(BatchSpec spec, Instant createdAt) {
        String id = "batch_" + UUID.randomUUID().toString().replace("-", "");
        Entry entry = new Entry(new Batch(id, spec, createdAt, environment), createdAt, sequence.incrementAndGet());
        byId.put(id, entry);
        active.put(id, entry);
        newestFirst.put(entry, entry);
        return entry.batch;
    }

    public Optional<Batch> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::batch);
    }

    /** All batches after the given one, or from the newest on. */
    public Stream<Batch> list(Batch after) {
        ConcurrentNavigableMap<Entry, Entry> entries = newestFirst;
        if (after != null) {
            entries = entries.tailMap(byId.get(after.id()), false);
        }
        return entries.values().stream().map(Entry::batch);
    }

    /** Batches created in the hour before. */
    public long createdInLastHour(Instant now) {
        Instant start = now.minus(RATE_PERIOD);
        return newestFirst.values().stream().takeWhile(entry -> entry.createdAt.isAfter(start)).count();
    }

    /** The batch as the API shows it at a time. */
    public ObjectNode show(Batch batch, Instant now) {
        if (environment.limits().get().enqueuedTokens() > 0) {
            // Which batch is refused depends on when the others ended.
            advanceAll(now);
        }
        advance(batch, now);
        return BatchJson.of(batch);
    }

    /** Moves all batches to the state they have at a time. */
    public void advanceAll(Instant now) {
        active.values().stream().sorted(Comparator.comparing(Entry::createdAt).thenComparing(Entry::sequence))
                .forEach(entry -> advance(entry.batch, now));
    }

    private void advance(Batch batch, Instant now) {
        if (active.containsKey(batch.id())) {
            batch.advance(now);
            if (batch.status().terminal()) {
                active.remove(batch.id());
            }
        }
    }

    public boolean cancel(Batch batch, Instant now) {
        return batch.cancel(now);
    }

    private record Entry(Batch batch, Instant createdAt, long sequence) {
    }
}
