package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/**
 * Which chunk may become a batch: an account has so many at a time, as the settings say, creates so many in an hour, as the
 * provider does, and has so many tokens enqueued for a model. Where there is no room for all, the job of the highest priority
 * goes first, and of several the one that has the least under way.
 */
final class Admission {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    private final JobStore store;
    private final InstantSource clock;
    private final EnqueuedTokens tokens;

    Admission(JobStore store, InstantSource clock, EnqueuedTokens tokens) {
        this.store = store;
        this.clock = clock;
        this.tokens = tokens;
    }

    /** Empty if the batch of a chunk can be created now; else when to ask again. */
    Optional<Instant> fullUntil(ChunkRow chunk, JobRow job, JobSettings settings) {
        Optional<Instant> full = fullUntil(job, settings);
        if (full.isPresent()) {
            return full;
        }
        boolean free = settings.enqueuedTokens() == 0 && !tokens.isTight(chunk, job)
                || isFirst(chunk, job) && tokens.hasRoom(chunk, job, settings.enqueuedTokens());
        return free ? Optional.empty() : Optional.of(clock.instant().plus(NO_ROOM));
    }

    /** Of those that wait for room for the model, or will when they are uploaded. */
    private boolean isFirst(ChunkRow chunk, JobRow job) {
        return store.jobs().stream()
                .filter(other -> other.account().equals(job.account()) && other.state() == JobState.RUNNING)
                .flatMap(other -> waiting(other).filter(rival -> Estimates.sameModel(rival.chunk(), chunk)))
                .min(Rival.ORDER).filter(rival -> !rival.chunk().id().equals(chunk.id())).isEmpty();
    }

    private Stream<Rival> waiting(JobRow job) {
        List<ChunkRow> all = store.chunks(job.name());
        long active = all.stream().filter(Admission::isActive).mapToLong(chunk -> chunk.input().tokens()).sum();
        return all.stream().filter(Admission::isWaiting)
                .map(chunk -> new Rival(job.terms().priority(), active, job.createdAt(), chunk));
    }

    /** Also a chunk that was just refused, so that no other takes its place. */
    private static boolean isWaiting(ChunkRow chunk) {
        return chunk.state().compareTo(ChunkState.UPLOADED) <= 0
                || chunk.state() == ChunkState.ENDED && BatchStatus.of(chunk.remote().status()) == BatchStatus.FAILED;
    }

    /**
     * A chunk that waits.
     *
     * @param priority of its job
     * @param active tokens that its job has under way
     * @param submittedAt when its job was
     */
    private record Rival(int priority, long active, Instant submittedAt, ChunkRow chunk) {

        static final Comparator<Rival> ORDER = Comparator.comparingInt(Rival::priority).reversed()
                .thenComparingLong(Rival::active).thenComparing(Rival::submittedAt)
                .thenComparing(rival -> rival.chunk().job()).thenComparingInt(rival -> rival.chunk().number());
    }

    private Optional<Instant> fullUntil(JobRow job, JobSettings settings) {
        Instant now = clock.instant();
        if (chunks(job.account()).filter(Admission::isActive).count() >= settings.activeBatches()) {
            return Optional.of(now.plus(NO_ROOM));
        }
        int perHour = settings.limits().batchesPerHour();
        if (perHour == 0) {
            return Optional.empty();
        }
        List<Instant> created = chunks(job.account()).map(Admission::createdAt).filter(Objects::nonNull)
                .filter(at -> at.isAfter(now.minus(HOUR))).sorted().toList();
        return created.size() < perHour ? Optional.empty()
                : Optional.of(created.get(created.size() - perHour).plus(HOUR));
    }

    private Stream<ChunkRow> chunks(String account) {
        return store.jobs().stream().filter(job -> job.account().equals(account))
                .flatMap(job -> store.chunks(job.name()).stream());
    }

    private static boolean isActive(ChunkRow chunk) {
        return chunk.state() == ChunkState.WATCHED || chunk.state() == ChunkState.CREATING;
    }

    private static Instant createdAt(ChunkRow chunk) {
        return chunk.state() == ChunkState.CREATING ? chunk.remote().intentAt() : chunk.remote().createdAt();
    }
}
