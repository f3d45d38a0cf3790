package io.quarkiverse.openai.batch.runtime.job.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Decides which chunks of an account become batches: an account has so many at a time, as the settings say, creates so many in
 * an hour, as the provider does, and has so many tokens enqueued for a model. Where there is no room for all, the job of the
 * highest priority goes first, of several the one that has the least under way, and of these the one that was longest without a
 * batch.
 */
public final class Admission {

    /** The longest pause of a chunk that was refused, or that fails. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final JobStore store;
    private final EnqueuedTokens tokens;

    public Admission(JobStore store, EnqueuedTokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    /** What is decided about the jobs of an account. */
    public interface Decisions {

        /** How the jobs of a client are run; empty if there is no such client any more. */
        Optional<JobSettings> settings(JobRow job);

        /** Whether a chunk is known to have no batch. */
        boolean isProved(ChunkRow chunk, JobRow job);

        void admit(ChunkRow chunk, JobRow job);

        /** A job has used what it may. */
        void stop(JobRow job, String reason);

        void pause(JobRow job, PauseException reason);
    }

    /**
     * Ranks the chunks of an account that wait, once.
     *
     * @return when to do so again, if nothing changes before; empty for not by itself
     */
    public Optional<Instant> run(String account, Instant now, Decisions decisions) {
        List<Work> all = store.recent().stream().filter(job -> job.account().equals(account))
                .map(job -> new Work(job, store.chunks(job.name()))).toList();
        Run run = new Run(decisions, now, new Room(store.account(account), tokens,
                all.stream().flatMap(Work::counted).toList(), now));
        all.stream().filter(Work::sends).forEach(run::add);
        return run.share();
    }

    /** The chunks of a job, and its place among the others. */

    private static final class Work {

        static final Comparator<Work> ORDER = Comparator
                .comparingInt((Work work) -> work.job.terms().priority()).reversed()
                .thenComparingLong(work -> work.active).thenComparing(work -> work.served)
                .thenComparing(work -> work.job.name());

        private final JobRow job;
        private final List<ChunkRow> chunks;
        private Iterator<ChunkRow> waiting;
        private JobSettings settings;
        private Budget budget;
        private long active;
        private Instant served;

        Work(JobRow job, List<ChunkRow> chunks) {
            this.job = job;
            this.chunks = chunks;
        }

        boolean sends() {
            return job.isUnderWay() && !job.isStopped() && !job.reading().replaced();
        }

        /** What was admitted for a job that is paused is not under way. */
        Stream<ChunkRow> counted() {
            return chunks.stream().filter(chunk -> chunk.state() != ChunkState.ADMITTED || sends());
        }

        void begin(JobSettings jobSettings) {
            settings = jobSettings;
            budget = new Budget(job, chunks, settings.prices());
            active = chunks.stream().filter(chunk -> chunk.state().isActive()).mapToLong(chunk -> chunk.input().tokens()).sum();
            served = chunks.stream().map(Room::createdAt).filter(Objects::nonNull).max(Instant::compareTo)
                    .orElse(job.createdAt());
            Predicate<ChunkRow> foreseen = SendGate.foreseen(job, chunks);
            waiting = chunks.stream().filter(chunk -> waits(chunk) && foreseen.test(chunk)).iterator();
        }

        /** Also a chunk that was just refused, so that no other takes its place; not one that is in trouble. */
        private static boolean waits(ChunkRow chunk) {
            return chunk.state() == ChunkState.UPLOADED && !chunk.waiting().isTooLarge()
                    || chunk.state().compareTo(ChunkState.UPLOADED) < 0 && !chunk.waiting().inTrouble()
                    || chunk.state() == ChunkState.REFUSED
                    || chunk.state() == ChunkState.ENDED && chunk.isRefused();
        }

        void served(ChunkRow chunk, Instant now) {
            active += chunk.input().tokens();
            served = now;
            budget.commit(chunk);
        }
    }

    private static final class Run {

        private final Decisions decisions;
        private final Instant now;
        private final Room room;
        private final PriorityQueue<Work> queue = new PriorityQueue<>(Work.ORDER);
        private Instant next;

        Run(Decisions decisions, Instant now, Room room) {
            this.decisions = decisions;
            this.now = now;
            this.room = room;
        }

        void add(Work work) {
            decisions.settings(work.job).ifPresent(settings -> {
                work.begin(settings);
                queue.add(work);
            });
        }

        Optional<Instant> share() {
            while (!queue.isEmpty()) {
                Work work = queue.poll();
                if (work.waiting.hasNext() && hasRoom(work) && give(work, work.waiting.next())) {
                    queue.add(work);
                }
            }
            return Optional.ofNullable(next);
        }

        private boolean hasRoom(Work work) {
            room.nextHour(work.settings).ifPresent(this::again);
            return room.nextHour(work.settings).isEmpty() && !room.isFull(work.settings);
        }

        private void again(Instant at) {
            next = next == null || at.isBefore(next) ? at : next;
        }

        /** Whether the job may have more. */
        private boolean give(Work work, ChunkRow chunk) {
            try {
                if (isReady(chunk) && work.budget.isOverWith(chunk)) {
                    decisions.stop(work.job, work.budget.end());
                    return false;
                }
            } catch (PauseException e) {
                decisions.pause(work.job, e);
                return false;
            }
            Instant next = chunk.state() == ChunkState.UPLOADED && chunk.waiting().inTrouble()
                    ? chunk.waiting().trouble().next()
                    : now;
            if (isPause(next)) {
                again(next);
                return true;
            }
            if (work.budget.isWaitingWith(chunk) || !room.hasTokens(chunk, work.settings)) {
                return true;
            }
            boolean ready = isReady(chunk) && decisions.isProved(chunk, work.job);
            if (ready) {
                decisions.admit(chunk, work.job);
            }
            room.take(chunk, ready);
            work.served(chunk, now);
            return true;
        }

        /** One that is longer than any that is made was stored by an earlier process, whose clock was ahead. */
        private boolean isPause(Instant until) {
            return until.isAfter(now) && !until.isAfter(now.plus(LONGEST_PAUSE));
        }

        private boolean isReady(ChunkRow chunk) {
            Instant until = chunk.waiting().until();
            boolean pauses = until != null && isPause(until);
            if (chunk.state() == ChunkState.UPLOADED && pauses) {
                again(until);
            }
            return chunk.state() == ChunkState.UPLOADED && !pauses;
        }
    }
}
