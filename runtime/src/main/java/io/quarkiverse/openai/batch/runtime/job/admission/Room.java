package io.quarkiverse.openai.batch.runtime.job.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** The room of an account while one admission shares it out. */
final class Room {

    private static final Duration HOUR = Duration.ofHours(1);

    private final EnqueuedTokens limits;
    private final AccountRow account;
    private final CorrectedEstimates estimates;
    private final Instant now;
    private final List<Instant> created = new ArrayList<>();
    private final Map<String, Enqueued> models = new HashMap<>();
    private final Set<String> full = new HashSet<>();
    private int active;

    /** What is under way for a model. */
    private static final class Enqueued {

        private double tokens;
        private double confirmed;
        private boolean unconfirmed;
        private int batches;
    }

    /**
     * @param chunks all of the account
     */
    Room(AccountRow account, EnqueuedTokens limits, List<ChunkRow> chunks, Instant now) {
        this.account = account;
        this.limits = limits;
        this.estimates = new CorrectedEstimates(chunks);
        this.now = now;
        for (ChunkRow chunk : chunks) {
            Instant at = createdAt(chunk);
            if (at != null && at.isAfter(now.minus(HOUR))) {
                created.add(at);
            }
            if (chunk.state().isActive() || chunk.state() == ChunkState.ADMITTED) {
                add(chunk);
            }
        }
        Collections.sort(created);
    }

    static Instant createdAt(ChunkRow chunk) {
        return chunk.remote().intent().at() != null && chunk.state().isActive() ? chunk.remote().intent().at()
                : chunk.remote().createdAt();
    }

    private void add(ChunkRow chunk) {
        active++;
        Enqueued enqueued = enqueued(chunk);
        double tokens = estimates.promptTokens(chunk);
        boolean confirmed = chunk.state() == ChunkState.WATCHED && !chunk.batchIs(State.VALIDATING);
        enqueued.batches++;
        enqueued.tokens += tokens;
        enqueued.confirmed += confirmed ? tokens : 0;
        enqueued.unconfirmed |= !confirmed;
    }

    private Enqueued enqueued(ChunkRow chunk) {
        return models.computeIfAbsent(EnqueuedTokens.name(chunk.input().model()), model -> new Enqueued());
    }

    /** When the account may create more batches; empty for now. */
    Optional<Instant> nextHour(JobSettings settings) {
        int most = settings.batchesPerHour();
        return most == 0 || created.size() < most ? Optional.empty()
                : Optional.of(created.get(created.size() - most).plus(HOUR));
    }

    boolean isFull(JobSettings settings) {
        return active >= settings.activeBatches();
    }

    /**
     * Whether a chunk has room beside the batches for its model. Where the limit is not known, one batch at a time finds out:
     * the next may go when the one before is past its validation. When a chunk has none, no later one of the model has any, so
     * that large ones get their turn.
     */
    boolean hasTokens(ChunkRow chunk, JobSettings settings) {
        String model = EnqueuedTokens.name(chunk.input().model());
        Optional<Long> learned = limits.limit(account, model);
        if (settings.enqueuedTokens() == 0 && learned.isEmpty()) {
            return true;
        }
        long limit = learned.filter(most -> most > 0).orElse(settings.enqueuedTokens());
        Enqueued enqueued = enqueued(chunk);
        if (learned.isPresent() && learned.get() > 0 && enqueued.confirmed > learned.get()) {
            limits.forget(account.account(), model);
            return true;
        }
        boolean has = enqueued.batches == 0
                || (limit == 0 ? !enqueued.unconfirmed : estimates.promptTokens(chunk) + enqueued.tokens <= limit);
        if (full.contains(model) || !has) {
            full.add(model);
            return false;
        }
        return true;
    }

    /** A chunk gets room now, or has it kept. */
    void take(ChunkRow chunk, boolean admitted) {
        add(chunk);
        if (admitted) {
            created.add(now);
        }
    }
}
