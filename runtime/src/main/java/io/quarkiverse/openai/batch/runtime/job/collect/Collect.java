package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.batch.DuplicateBatches;
import io.quarkiverse.openai.batch.runtime.job.batch.NotFoundGrace;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.spool.LineChange;
import io.quarkiverse.openai.batch.runtime.job.spool.Resubmission;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Step: downloads the result files of an ended batch, stores one result a line, and sends again what was not paid for.
 * Repeating it after a crash gives the same.
 */
public final class Collect {

    private final JobStore store;
    private final ChunkFiles files;
    private final Scratch scratch;
    private final SteadyClock clock;
    private final Resubmission resubmission;
    private final AnswerChecks checks;

    public Collect(JobStore store, ChunkFiles files, Scratch scratch, SteadyClock clock, AnswerChecks checks) {
        this.checks = checks;
        this.store = store;
        this.files = files;
        this.scratch = scratch;
        this.clock = clock;
        this.resubmission = new Resubmission(store, files);
    }

    /** From {@link ChunkState#ENDED} to COLLECTED; unchanged as long as the provider's files are not there. */
    public ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        List<RemoteBatch> batches = batches(chunk, client);
        if (batches.stream().anyMatch(batch -> !batch.hasEnded())) {
            DuplicateBatches.cancel(job.isCancelled() ? batches : DuplicateBatches.younger(batches), client.provider());
            return chunk;
        }
        Duration settle = client.settings().settle();
        boolean nothing = job.isCancelled() && batches.stream().allMatch(Collect::ranNothing);
        boolean settled = clock.hasPassed(nothing ? settle.dividedBy(10) : settle, chunk.waiting().endedAt());
        if (!settled && batches.stream().anyMatch(Collect::lacksFiles)) {
            return chunk;
        }
        return new Download(chunk, batches, settled).run(job, client);
    }

    private static List<RemoteBatch> batches(ChunkRow chunk, JobClient client) {
        return Stream.concat(Stream.of(client.provider().retrieve(chunk.remote().batchId())),
                DuplicateBatches.twins(chunk, client.provider())).toList();
    }

    /** The ids of the files may come later than the end (field report); what the counts speak of must have a file. */
    private static boolean lacksFiles(RemoteBatch batch) {
        boolean neither = batch.outputFile() == null && batch.errorFile() == null;
        return (!batch.is(State.FAILED) || batch.hasRun()) && (batch.completed() > 0 && batch.outputFile() == null
                || batch.failed() > 0 && batch.errorFile() == null || neither);
    }

    /** As far as its counts tell: whoever has cancelled it should not have to wait long for files that will not come. */
    private static boolean ranNothing(RemoteBatch batch) {
        return batch.counts() != null && batch.completed() == 0 && batch.failed() == 0;
    }

    /** The result files of the batches of a chunk, which are here while the chunk is collected. */
    private final class Download {

        private final ChunkRow chunk;
        private final List<RemoteBatch> batches;
        private final boolean settled;
        private final List<String> outputs;
        private final List<String> errors;

        Download(ChunkRow chunk, List<RemoteBatch> batches, boolean settled) {
            this.chunk = chunk;
            this.batches = batches;
            this.settled = settled;
            this.outputs = batches.stream().map(RemoteBatch::outputFile).filter(Objects::nonNull).distinct().toList();
            this.errors = batches.stream().map(RemoteBatch::errorFile).filter(Objects::nonNull).distinct().toList();
        }

        ChunkRow run(JobRow job, JobClient client) throws IOException {
            Path output = scratch.newFile(".output.jsonl");
            Path error = scratch.newFile(".errors.jsonl");
            try (LineAccount account = account(client, output, error)) {
                InvalidAnswers rules = client.settings().invalid();
                Judgement judgement = Judgement.of(files, chunk, rules, checks, account);
                return conclude(new ResendDecision(chunk, job, client.settings(), batches, account, judgement), account,
                        rules.hint() ? new PromptHint(judgement::reason) : LineChange.NONE);
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(error);
            }
        }

        /** The files are read once more if a line is unknown then. The lines of a file that is gone are missing. */
        private LineAccount account(JobClient client, Path output, Path error) throws IOException {
            try {
                LineAccount account = read(client, false, output, error);
                if (!account.hasUnknown() || outputs.isEmpty() && errors.isEmpty()) {
                    return account;
                }
                account.close();
                return read(client, false, output, error);
            } catch (ProviderException e) {
                if (!e.kind().isAbsent()) {
                    throw e;
                }
                ChunkRow noted = NotFoundGrace.noted(chunk, What.RESULTS, clock.instant());
                if (!e.is(Kind.GONE) && !NotFoundGrace.isFinal(noted, clock)) {
                    store.update(noted);
                    throw new IOException(e.getMessage(), e);
                }
                return read(client, true, output, error);
            }
        }

        private LineAccount read(JobClient client, boolean lenient, Path output, Path error) throws IOException {
            ResultFiles results = new ResultFiles(client.provider(), client.settings().resultBytes(), settled, lenient);
            results.download(outputs, output);
            results.download(errors, error);
            try (Stream<String> ids = CustomIdLines.of(files, chunk)) {
                return new LineAccount(ids, Math.toIntExact(chunk.input().lines()), output, error,
                        client.settings().prices().longAbove(chunk.input().model()));
            }
        }

        private ChunkRow conclude(ResendDecision decision, LineAccount account, LineChange change) throws IOException {
            Optional<BitSet> before = resubmission.before(chunk);
            BitSet resent = before.orElseGet(decision::resent);
            try (ResultWriter results = new ResultWriter(files, chunk);
                    Stream<String> ids = CustomIdLines.of(files, chunk)) {
                Tally tally = decision.write(results, ids, resent);
                ChunkRow collected = results.finish(Stream.concat(outputs.stream(), errors.stream()).toList(),
                        account.strangeFields());
                if (before.isEmpty() && !resent.isEmpty()) {
                    resubmission.spool(chunk, resent, chunk.input().attempt() + (decision.countsAsAttempt() ? 1 : 0),
                            results.moved(), change);
                }
                return store.update(collected.in(ChunkState.COLLECTED).with(tally));
            }
        }
    }
}
