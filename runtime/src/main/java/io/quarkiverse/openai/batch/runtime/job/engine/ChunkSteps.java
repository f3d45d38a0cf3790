package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.admission.FileSizes;
import io.quarkiverse.openai.batch.runtime.job.admission.SendGate;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Looks;
import io.quarkiverse.openai.batch.runtime.job.batch.NotFoundGrace;
import io.quarkiverse.openai.batch.runtime.job.batch.Refusal;
import io.quarkiverse.openai.batch.runtime.job.batch.Upload;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.collect.AnswerChecks;
import io.quarkiverse.openai.batch.runtime.job.collect.Collect;
import io.quarkiverse.openai.batch.runtime.job.collect.UnansweredLines;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Halving;
import io.quarkiverse.openai.batch.runtime.job.spool.Rerun;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.Handed;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Takes a chunk to its next state. */
public final class ChunkSteps {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobStore store;
    private final ChunkFiles files;
    private final SteadyClock clock;
    private final Upload upload;
    private final Create create;
    private final Watch watch;
    private final HandOver handOver;
    private final Collect collect;
    private final Retention retention;
    private final Halving halving;
    private final Rerun rerun;
    private final SendGate gate;
    private final JobTasks tasks;
    private final Looks looks;
    private final FileSizes sizes;
    private final UnansweredLines unanswered;

    ChunkSteps(JobEnvironment jobs, JobTasks tasks, Create create, Watch watch, HandOver handOver, Looks looks,
            AnswerChecks checks) {
        this.store = jobs.store();
        this.files = jobs.files();
        this.clock = jobs.clock();
        this.create = create;
        this.watch = watch;
        this.handOver = handOver;
        this.upload = new Upload(store, files, clock);
        this.collect = new Collect(store, files, jobs.scratch(), clock, checks);
        this.retention = new Retention(store);
        this.halving = new Halving(store, files);
        this.rerun = new Rerun(store, files);
        this.gate = new SendGate(store);
        this.tasks = tasks;
        this.looks = looks;
        this.sizes = new FileSizes(store, clock);
        this.unanswered = new UnansweredLines(store, files);
    }

    /**
     * @return the changed chunk; the same one if it must wait
     * @throws PauseException if a person has to do something
     */
    ChunkRow step(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        if (isWaiting(chunk, job)) {
            return chunk;
        }
        return switch (chunk.state()) {
            case SPOOLED, UPLOADING -> isTooLarge(chunk, job) ? halve(chunk, job)
                    : job.isStopped() ? unanswered.cancelled(chunk) : upload(chunk, job, client);
            case UPLOADED -> isTooLarge(chunk, job) || chunk.waiting().isTooLarge() ? halve(chunk, job)
                    : job.isStopped() ? unanswered.cancelled(chunk) : chunk;
            case ADMITTED -> job.isStopped() ? unanswered.cancelled(chunk)
                    : looks.isKnown(chunk, job.client(), client) ? create.run(chunk, job, client)
                            : store.update(chunk.in(ChunkState.UPLOADED));
            case CREATING, OPEN -> isOpen(chunk, job, client) ? open(chunk, job) : chunk;
            case WATCHED -> job.isCancelled() && !chunk.remote().cancelledByUs() ? watch.cancel(chunk, client) : chunk;
            case ENDED -> endedOrGone(chunk, job, client);
            case REFUSED -> refused(chunk, job, client);
            case GONE -> gone(chunk, job);
            case COLLECTED -> handOver(chunk, job, client);
            case HANDED_OVER -> retention.run(chunk, client);
            case RERUNNING -> rerun.run(chunk, job);
            case DONE -> chunk;
        };
    }

    /** The next step of a chunk whose job waits for its provider no more. */
    ChunkRow giveUp(ChunkRow chunk, JobRow job, Duration longestCall) throws IOException {
        return switch (chunk.state()) {
            case CREATING, OPEN, WATCHED, ENDED -> unanswered.missing(chunk);
            case REFUSED -> unanswered.cancelled(chunk);
            case HANDED_OVER -> retention.keep(chunk);
            case COLLECTED -> !handOver.isNeeded(job) ? retention.keep(chunk)
                    : handOver.isStuck(chunk, longestCall) ? store.update(handOver.abandon(chunk)) : handOver(chunk, job, null);
            default -> step(chunk, job, null);
        };
    }

    private boolean isWaiting(ChunkRow chunk, JobRow job) {
        Instant until = chunk.waiting().until();
        return until != null && clock.isBefore(until, Create.LONGEST_PAUSE) && !job.isStopped()
                && !chunk.waiting().isTooLarge();
    }

    /** When to try the next step of a chunk that has to wait; empty if an event takes it on. */
    Optional<Instant> next(ChunkRow chunk, JobRow job, JobClient client) {
        if (chunk.state() == ChunkState.SPOOLED || chunk.state() == ChunkState.UPLOADED || chunk.state().isActive()
                || chunk.state() == ChunkState.COLLECTED && gate.isDecided(chunk, job)) {
            return Optional.empty();
        }
        Duration pause = chunk.state() == ChunkState.ENDED ? client.settings().settle().dividedBy(20).plusMillis(100)
                : PAUSE;
        return Optional.of(clock.instant().plus(pause));
    }

    private ChunkRow upload(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        boolean clear = chunk.state() == ChunkState.UPLOADING
                || gate.isGiven(chunk, job, client.settings().prices());
        if (!clear) {
            return chunk;
        }
        try {
            ChunkRow uploaded = upload.run(chunk, job, client);
            sizes.accepted(chunk, job);
            return uploaded;
        } catch (ProviderException e) {
            if (!e.is(Kind.TOO_LARGE)) {
                throw e;
            }
            sizes.refused(chunk, job);
            return store.chunk(chunk.job(), chunk.number()).orElseThrow();
        }
    }

    /** Whether a chunk is to be halved before it is uploaded; one that is halved already continues so. */
    private boolean isTooLarge(ChunkRow chunk, JobRow job) {
        return sizes.isTooLarge(chunk, job) && (Halving.isPossible(chunk) || !job.isStopped());
    }

    private ChunkRow handOver(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        if (!gate.isDecided(chunk, job)) {
            return chunk;
        }
        if (!handOver.isNeeded(job)) {
            return retention.run(chunk, client);
        }
        tasks.now(Task.handOver(chunk));
        return chunk;
    }

    /** Whether nothing will tell whether the batch of a chunk was created. */
    private boolean isOpen(ChunkRow chunk, JobRow job, JobClient client) {
        return !chunk.remote().isLeased(clock, client.settings().lease()) && !looks.canFind(job.client(), client);
    }

    private ChunkRow open(ChunkRow chunk, JobRow job) throws IOException {
        if (job.isStopped()) {
            return unanswered.missing(chunk);
        }
        if (chunk.state() == ChunkState.CREATING) {
            return store.update(chunk.in(ChunkState.OPEN));
        }
        throw new PauseException(question(chunk));
    }

    private static String question(ChunkRow open) {
        return ("It is not known whether the provider created a batch for chunk %d, from file %s, and it does not list batches. "
                + "If it shows such a batch elsewhere, call adopt(%d, its id). Resuming the job creates the batch again, and may "
                + "pay its %d lines twice. Cancelling it takes them as missing").formatted(open.number(),
                        SafeText.of(open.remote().fileId(), 100), open.number(), open.input().lines());
    }

    /** The batch of an ended chunk may be gone before it was collected. */
    private ChunkRow endedOrGone(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        try {
            return ended(chunk, job, client);
        } catch (ProviderException e) {
            if (!e.kind().isAbsent()) {
                throw e;
            }
            ChunkRow noted = NotFoundGrace.noted(chunk, What.BATCH, clock.instant());
            if (e.is(Kind.GONE) || NotFoundGrace.isFinal(noted, clock)) {
                return store.update(noted.in(ChunkState.GONE));
            }
            store.update(noted);
            throw e;
        }
    }

    private ChunkRow ended(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        if (job.isStopped()) {
            return collect.run(chunk, job, client);
        }
        if (Watch.cancelledByOthers(chunk)) {
            throw new PauseException(("Batch %s was cancelled by somebody else. Resuming the job collects what it answered and "
                    + "sends the rest again").formatted(chunk.remote().batchId()));
        }
        RemoteBatch failed = chunk.batchIs(State.FAILED) ? client.provider().retrieve(chunk.remote().batchId()) : null;
        if (failed != null && !failed.hasRun()) {
            switch (Refusal.of(failed, chunk.input().lines())) {
                case TOKEN_LIMIT:
                    return store.update(chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutBatch())
                            .with(create.tokensRefused(chunk, job, Refusal.tokenLimit(failed))));
                case OTHER:
                    return store.update(chunk.in(ChunkState.REFUSED));
                default:
                    break;
            }
        }
        return collect.run(chunk, job, client);
    }

    private ChunkRow refused(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        if (job.isStopped()) {
            return collect.run(chunk, job, client);
        }
        throw new PauseException(Refusal.describe(client.provider().retrieve(chunk.remote().batchId())));
    }

    private ChunkRow gone(ChunkRow chunk, JobRow job) throws IOException {
        if (!job.isStopped()) {
            throw new PauseException(("The provider does not know batch %s any more (404, %d times since %s). Has it been "
                    + "deleted, or does the key belong to another account? Resuming the job looks for it again; cancelling it "
                    + "takes its lines as missing").formatted(SafeText.of(chunk.remote().batchId(), 100),
                            chunk.waiting().notFound().times(), chunk.waiting().notFound().since()));
        }
        return unanswered.missing(chunk);
    }

    /** Also of a job that is stopped, since one half may be spooled. */
    private ChunkRow halve(ChunkRow chunk, JobRow job) throws IOException {
        return job.isStopped() && !Halving.isPossible(chunk) ? unanswered.cancelled(chunk) : halving.run(chunk);
    }

    /** A chunk that nobody waited for any more is watched again, or looked for; its lines are handed over again. */
    public static ChunkRow recollected(ChunkRow chunk) {
        ChunkState state = chunk.remote().batchId() == null ? ChunkState.CREATING : ChunkState.WATCHED;
        return chunk.in(state).with(chunk.waiting().withAbsence(null)).with(chunk.remote().asRecollected()).with(Tally.NONE)
                .with(Handed.NOTHING);
    }

    /**
     * A chunk of a paused job that is resumed: what it was paused for counts as fixed, or agreed to. A step that may have moved
     * its lines to another chunk continues, since they must not be sent twice. An open create is asked about by itself, since
     * it may be paid twice.
     */
    public static ChunkRow resumed(ChunkRow chunk, JobRow job) {
        return switch (chunk.state()) {
            case UPLOADED -> chunk.waiting().isTooLarge() && Halving.isPossible(chunk) ? chunk
                    : chunk.with(chunk.waiting().withoutRefusals());
            case ENDED -> Watch.cancelledByOthers(chunk) ? chunk.with(chunk.remote().withCancel()) : chunk;
            case ADMITTED -> chunk.in(ChunkState.UPLOADED);
            case OPEN -> question(chunk).equals(job.reason())
                    ? chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutIntent())
                    : chunk;
            case GONE -> chunk.in(ChunkState.WATCHED).with(chunk.waiting().with((NotFound) null));
            case REFUSED -> chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutBatch());
            default -> chunk;
        };
    }
}
