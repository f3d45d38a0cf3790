package io.quarkiverse.openai.batch.runtime.job.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Which chunk may become a batch: an account has so many at a time, as the settings say, creates so many in an hour, as the
 * provider does, and has so many tokens enqueued for a model. Where there is no room for all, the job of the highest priority
 * goes first, of several the one that has the least under way, and of these the one that was longest without a batch.
 */
public final class Admission {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    private final JobStore store;
    private final InstantSource clock;
    private final EnqueuedTokens tokens;

    public Admission(JobStore store, InstantSource clock, EnqueuedTokens tokens) {
        this.store = store;
        this.clock = clock;
        this.tokens = tokens;
    }

    /** Empty if the batch of a chunk can be created now; else when to ask again. */
    public Optional<Instant> fullUntil(ChunkRow chunk, JobRow job, JobSettings settings) {
        Instant now = clock.instant();
        Optional<Instant> nextHour = nextHour(job, settings, now);
        if (nextHour.isPresent()) {
            return nextHour;
        }
        return hasRoom(chunk, job, settings) ? Optional.empty() : Optional.of(now.plus(NO_ROOM));
    }

    private Optional<Instant> nextHour(JobRow job, JobSettings settings, Instant now) {
        int perHour = settings.batchesPerHour();
        if (perHour == 0) {
            return Optional.empty();
        }
        List<Instant> created = chunks(job.account()).map(Admission::createdAt).filter(Objects::nonNull)
                .filter(at -> at.isAfter(now.minus(HOUR))).sorted().toList();
        return created.size() < perHour ? Optional.empty()
                : Optional.of(created.get(created.size() - perHour).plus(HOUR));
    }

    private boolean hasRoom(ChunkRow chunk, JobRow job, JobSettings settings) {
        long active = chunks(job.account()).filter(Admission::isActive).count();
        if (active >= settings.activeBatches()) {
            return false;
        }
        List<Rival> rivals = rivals(job.account(), settings.prices());
        if (settings.enqueuedTokens() > 0 || tokens.isTight(chunk, job)) {
            return isFirst(chunk, rivals.stream().filter(rival -> CorrectedEstimates.sameModel(rival.chunk(), chunk)))
                    && tokens.hasRoom(chunk, job, settings.enqueuedTokens());
        }
        return active + rivals.size() <= settings.activeBatches() || isFirst(chunk, rivals.stream());
    }

    private static boolean isFirst(ChunkRow chunk, Stream<Rival> rivals) {
        return rivals.min(Rival.ORDER).filter(rival -> !rival.chunk().id().equals(chunk.id())).isEmpty();
    }

    /** The chunks that wait for room, or will when they are uploaded. */
    private List<Rival> rivals(String account, Prices prices) {
        return store.jobs().stream().filter(job -> job.account().equals(account) && job.state() == JobState.RUNNING)
                .flatMap(job -> rivals(job, store.chunks(job.name()), prices)).toList();
    }

    private static Stream<Rival> rivals(JobRow job, List<ChunkRow> chunks, Prices prices) {
        long active = chunks.stream().filter(Admission::isActive).mapToLong(chunk -> chunk.input().tokens()).sum();
        Instant served = chunks.stream().map(Admission::createdAt).filter(Objects::nonNull).max(Instant::compareTo)
                .orElse(job.createdAt());
        Budget budget = new Budget(job, chunks, prices);
        return chunks.stream().filter(Admission::isWaiting)
                .filter(chunk -> SendGate.isForeseen(chunk, job, chunks) && !budget.isWaitingWith(chunk))
                .map(chunk -> new Rival(job.terms().priority(), active, served, chunk));
    }

    /** Also a chunk that was just refused, so that no other takes its place. */
    private static boolean isWaiting(ChunkRow chunk) {
        return chunk.state().isBeforeCreate()
                || chunk.state() == ChunkState.REFUSED
                || chunk.state() == ChunkState.ENDED && chunk.batchFailed();
    }

    /**
     * A chunk that waits.
     *
     * @param priority of its job
     * @param active tokens that its job has under way
     * @param served when its job had its last batch, or was submitted
     */
    private record Rival(int priority, long active, Instant served, ChunkRow chunk) {

        static final Comparator<Rival> ORDER = Comparator.comparingInt(Rival::priority).reversed()
                .thenComparingLong(Rival::active).thenComparing(Rival::served)
                .thenComparing(rival -> rival.chunk().job()).thenComparingInt(rival -> rival.chunk().number());
    }

    private Stream<ChunkRow> chunks(String account) {
        return store.jobs().stream().filter(job -> job.account().equals(account))
                .flatMap(job -> store.chunks(job.name()).stream());
    }

    private static boolean isActive(ChunkRow chunk) {
        return chunk.state().isActive();
    }

    private static Instant createdAt(ChunkRow chunk) {
        return chunk.state() == ChunkState.CREATING ? chunk.remote().intentAt() : chunk.remote().createdAt();
    }
}
