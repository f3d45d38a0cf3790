package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/** How many batches an account may have: at a time, as the settings say, and created in an hour, as the provider does. */
final class Admission {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    private final JobStore store;
    private final InstantSource clock;

    Admission(JobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Empty if a batch of the job can be created now; else when to ask again. */
    Optional<Instant> fullUntil(JobRow job, JobSettings settings) {
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
