package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.job.admission.Admission;
import io.quarkiverse.openai.batch.runtime.job.admission.Budget;
import io.quarkiverse.openai.batch.runtime.job.admission.SendGate;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Refusal;
import io.quarkiverse.openai.batch.runtime.job.batch.Upload;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.collect.Collect;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.result.SyntheticResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.spool.Halving;
import io.quarkiverse.openai.batch.runtime.job.spool.Rerun;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Takes a chunk to its next state. */
public final class ChunkSteps {

    private static final Logger LOG = Logger.getLogger(ChunkSteps.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobStore store;
    private final JobDirectory directory;
    private final InstantSource clock;
    private final Upload upload;
    private final Create create;
    private final Watch watch;
    private final HandOver handOver;
    private final Collect collect;
    private final Retention retention;
    private final Halving halving;
    private final Rerun rerun;
    private final SendGate gate;
    private final Admission admission;
    private final JobTasks tasks;

    ChunkSteps(JobEnvironment jobs, JobTasks tasks, Create create, Watch watch, HandOver handOver, Admission admission) {
        this.store = jobs.store();
        this.directory = jobs.directory();
        this.clock = jobs.clock();
        this.create = create;
        this.watch = watch;
        this.handOver = handOver;
        this.upload = new Upload(store, directory, clock);
        this.collect = new Collect(store, directory, clock);
        this.retention = new Retention(store, directory);
        this.halving = new Halving(store, directory);
        this.rerun = new Rerun(store, directory);
        this.gate = new SendGate(store);
        this.admission = admission;
        this.tasks = tasks;
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
            case SPOOLED, UPLOADING -> job.isStopped() ? unsent(chunk) : upload(chunk, job, client);
            case UPLOADED -> Halving.isDue(chunk) ? halve(chunk, job)
                    : job.isStopped() ? unsent(chunk) : create(chunk, job, client);
            case WATCHED -> job.isCancelled() && !chunk.remote().cancelledByUs() ? watch.cancel(chunk, client) : chunk;
            case ENDED -> ended(chunk, job, client);
            case REFUSED -> refused(chunk, job, client);
            case GONE -> gone(chunk, job);
            case COLLECTED -> handOver(chunk, job, client);
            case HANDED_OVER -> retention.run(chunk, client);
            case RERUNNING -> rerun.run(chunk, job);
            case CREATING, DONE -> chunk;
        };
    }

    private boolean isWaiting(ChunkRow chunk, JobRow job) {
        Instant until = chunk.waiting().until();
        return until != null && until.isAfter(clock.instant()) && !job.isStopped();
    }

    /** When to try the next step of a chunk that has to wait; empty if the watch or the handlers take it on. */
    Optional<Instant> next(ChunkRow chunk, JobRow job, JobClient client) {
        if (isWaiting(chunk, job)) {
            return Optional.of(chunk.waiting().until());
        }
        if (chunk.state().isActive() || chunk.state() == ChunkState.COLLECTED && gate.isDecided(chunk, job)) {
            return Optional.empty();
        }
        Optional<Instant> full = chunk.state() == ChunkState.UPLOADED ? admission.fullUntil(chunk, job, client.settings())
                : Optional.empty();
        if (full.isPresent()) {
            return full;
        }
        Duration pause = chunk.state() == ChunkState.ENDED ? client.settings().settle().dividedBy(20).plusMillis(100)
                : PAUSE;
        return Optional.of(clock.instant().plus(pause));
    }

    private ChunkRow upload(ChunkRow chunk, JobRow job, JobClient client) {
        boolean clear = chunk.state() == ChunkState.UPLOADING
                || gate.isGiven(chunk, job, client.settings().prices());
        return clear ? upload.run(chunk, client) : chunk;
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

    private ChunkRow create(ChunkRow chunk, JobRow job, JobClient client) {
        ChunkRow intended;
        synchronized (this) {
            if (!isAffordable(chunk, job, client) || admission.fullUntil(chunk, job, client.settings()).isPresent()) {
                return chunk;
            }
            intended = create.intend(chunk, job);
        }
        return create.run(intended, job, client);
    }

    /** Stops the job if it is not, and nothing of it that is under way could change that. */
    private boolean isAffordable(ChunkRow chunk, JobRow job, JobClient client) {
        if (!job.terms().guard().hasLimit()) {
            return true;
        }
        Budget budget = new Budget(job, store.chunks(job.name()), client.settings().prices());
        if (budget.isOverWith(chunk)) {
            LOG.infof("Job %s: %s", job.name(), budget.end());
            store.change(job.name(), row -> row.state().isTerminal() || row.state() == JobState.PAUSED ? row
                    : row.stopped(Stop.SEND_NOTHING, budget.end()));
            return false;
        }
        return !budget.isFullFor(chunk);
    }

    private ChunkRow ended(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        if (job.isStopped()) {
            return collect.run(chunk, job, client);
        }
        if (Watch.cancelledByOthers(chunk)) {
            throw new PauseException(("Batch %s was cancelled by somebody else. Resuming the job collects what it answered and "
                    + "sends the rest again").formatted(chunk.remote().batchId()));
        }
        if (chunk.batchFailed()) {
            Batch failed = client.batches().retrieveBatch(chunk.remote().batchId());
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
        throw new PauseException(Refusal.describe(client.batches().retrieveBatch(chunk.remote().batchId())));
    }

    private ChunkRow gone(ChunkRow chunk, JobRow job) throws IOException {
        if (!job.isStopped()) {
            throw new PauseException(("The provider does not know batch %s any more (404, %d times since %s). Has it been "
                    + "deleted, or does the key belong to another account? Resuming the job looks for it again; cancelling it "
                    + "takes its lines as missing").formatted(SafeText.of(chunk.remote().batchId(), 100),
                            chunk.waiting().notFound(), chunk.waiting().notFoundSince()));
        }
        return unanswered(chunk, ResultWriter::addMissing);
    }

    /** Also of a job that is stopped, since one half may be spooled. */
    private ChunkRow halve(ChunkRow chunk, JobRow job) throws IOException {
        return job.isStopped() && !Halving.isPossible(chunk) ? unsent(chunk) : halving.run(chunk);
    }

    /** What a cancelled job has not sent yet is not sent. */
    private ChunkRow unsent(ChunkRow chunk) throws IOException {
        return unanswered(chunk, (results, id) -> results.add(SyntheticResults.cancelled(id)));
    }

    private interface Line {

        void addTo(ResultWriter results, String customId) throws IOException;
    }

    private ChunkRow unanswered(ChunkRow chunk, Line line) throws IOException {
        try (ResultWriter results = new ResultWriter(directory, chunk);
                Stream<String> ids = CustomIdLines.of(directory.file(chunk, ChunkFile.IDS))) {
            for (Iterator<String> id = ids.iterator(); id.hasNext();) {
                line.addTo(results, id.next());
            }
            ChunkRow.Answers answers = results.finish(List.of(), null);
            return store.update(chunk.in(ChunkState.COLLECTED).with(results.tally(Usage.NONE))
                    .with(chunk.remote().withAnswers(answers)));
        }
    }

    /**
     * A chunk of a paused job that is resumed: what it was paused for counts as fixed, or agreed to. A step that may have moved
     * its lines to another chunk continues, since they must not be sent twice.
     */
    public static ChunkRow resumed(ChunkRow chunk) {
        return switch (chunk.state()) {
            case UPLOADED -> Halving.isDue(chunk) && Halving.isPossible(chunk) ? chunk
                    : chunk.with(chunk.waiting().withoutRefusals());
            case ENDED -> Watch.cancelledByOthers(chunk) ? chunk.with(chunk.remote().withCancel()) : chunk;
            case GONE -> chunk.in(ChunkState.WATCHED).with(chunk.waiting().withNotFound(0, null));
            case REFUSED -> chunk.in(ChunkState.UPLOADED).with(chunk.remote().withoutBatch());
            default -> chunk;
        };
    }
}
