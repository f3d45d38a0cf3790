package io.quarkiverse.openai.batch.runtime.job.admission;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobReport.Wait;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;

/** Who or what a job waits for, as its rows tell. */
public final class Waits {

    private final JobRow job;
    private final List<ChunkRow> chunks;
    private final Budget budget;
    private final Predicate<ChunkRow> foreseen;

    private Waits(JobRow job, List<ChunkRow> chunks, Prices prices) {
        this.job = job;
        this.chunks = chunks;
        this.budget = new Budget(job, chunks, prices);
        this.foreseen = SendGate.foreseen(job, chunks);
    }

    public static List<Wait> of(JobRow job, List<ChunkRow> chunks, Prices prices) {
        return job.state().isTerminal() ? List.of() : new Waits(job, chunks, prices).all();
    }

    private List<Wait> all() {
        Map<WaitsFor, Wait> all = new EnumMap<>(WaitsFor.class);
        if (job.state() == JobState.PAUSED || job.state() == JobState.INTERRUPTED) {
            all.put(WaitsFor.PERSON, new Wait(WaitsFor.PERSON, 0, null));
        }
        if (job.state() == JobState.PAUSED) {
            return List.copyOf(all.values());
        }
        if (!job.spooled() && !job.isStopped() && job.state() != JobState.INTERRUPTED) {
            all.put(WaitsFor.SOURCE, new Wait(WaitsFor.SOURCE, 0, job.createdAt()));
        }
        Instant served = chunks.stream().map(chunk -> chunk.remote().createdAt()).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElse(job.createdAt());
        for (ChunkRow chunk : chunks) {
            WaitsFor what = of(chunk);
            if (what != null) {
                all.merge(what, new Wait(what, 1, since(chunk, what, served)), Waits::plus);
            }
        }
        return List.copyOf(all.values());
    }

    private static Wait plus(Wait one, Wait other) {
        return new Wait(one.what(), one.chunks() + other.chunks(), Stream.of(one, other).map(Wait::since)
                .filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null));
    }

    /** Null if it waits for nothing. */
    private WaitsFor of(ChunkRow chunk) {
        return switch (chunk.state()) {
            case SPOOLED, UPLOADING, UPLOADED, ADMITTED -> unsent(chunk);
            case CREATING, WATCHED -> WaitsFor.BATCH;
            case ENDED -> WaitsFor.RESULTS;
            case OPEN, REFUSED, GONE -> WaitsFor.PERSON;
            case COLLECTED -> Canary.isKept(job) && !new Canary(job, chunks).hasPassed() ? WaitsFor.CANARY : WaitsFor.HANDLER;
            case HANDED_OVER, RERUNNING, DONE -> null;
        };
    }

    private WaitsFor unsent(ChunkRow chunk) {
        if (!foreseen.test(chunk)) {
            return SendGate.isRead(job, chunks) ? WaitsFor.CANARY : WaitsFor.SOURCE;
        }
        return budget.isWaitingWith(chunk) ? WaitsFor.BUDGET : WaitsFor.ROOM;
    }

    private static Instant since(ChunkRow chunk, WaitsFor what, Instant served) {
        Instant created = chunk.remote().createdAt();
        return switch (what) {
            case BATCH -> created == null ? chunk.remote().intent().at() : created;
            case RESULTS, HANDLER -> chunk.waiting().endedAt();
            case PERSON -> null;
            default -> served;
        };
    }
}
