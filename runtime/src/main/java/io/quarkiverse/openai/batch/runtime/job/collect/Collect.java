package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.runtime.job.batch.DuplicateBatches;
import io.quarkiverse.openai.batch.runtime.job.batch.NotFoundGrace;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles;
import io.quarkiverse.openai.batch.runtime.job.result.SyntheticResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.spool.Resubmission;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: downloads what an ended batch answered, finds what became of each line, and sends again what was not paid for. Done
 * again after a crash, it comes to the same.
 */
public final class Collect {

    /** For how long OpenAI keeps result files (Batch guide, 2026-08); files that say otherwise are believed. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final JobStore store;
    private final JobDirectory directory;
    private final InstantSource clock;
    private final Resubmission resubmission;

    public Collect(JobStore store, JobDirectory directory, InstantSource clock) {
        this.store = store;
        this.directory = directory;
        this.clock = clock;
        this.resubmission = new Resubmission(store, directory);
    }

    /** From {@link ChunkState#ENDED} to COLLECTED; unchanged as long as the provider's files are not there. */
    public ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        List<Batch> batches = batches(chunk, client);
        if (batches.stream().anyMatch(batch -> !batch.status().isTerminal())) {
            DuplicateBatches.cancel(job.isCancelled() ? batches : DuplicateBatches.younger(batches), client.batches());
            return chunk;
        }
        Duration settle = client.settings().settle();
        boolean settled = !clock.instant().isBefore(chunk.waiting().endedAt()
                .plus(job.isCancelled() && batches.stream().allMatch(Collect::ranNothing) ? settle.dividedBy(10) : settle));
        if (!settled && batches.stream().anyMatch(Collect::lacksFiles)) {
            return chunk;
        }
        List<String> outputs = batches.stream().map(Batch::outputFileId).filter(Objects::nonNull).distinct().toList();
        List<String> errors = batches.stream().map(Batch::errorFileId).filter(Objects::nonNull).distinct().toList();
        ResultFiles files = new ResultFiles(client.files());
        List<String> ids = CustomIdLines.read(directory.file(chunk, ChunkFile.IDS));
        LineAccount account = account(chunk, outputs, errors, files, ids);
        ResendDecision verdict = new ResendDecision(chunk, job, client.settings(), batches, account);
        boolean copied = client.settings().results().areCopied();
        Instant keptUntil = files.keptUntil().orElse(chunk.waiting().endedAt().plus(KEPT));
        ChunkRow answered = chunk
                .with(chunk.remote()
                        .withAnswers(new Answers(files.there(outputs), files.there(errors), copied ? null : keptUntil, false)));
        return conclude(answered, verdict, ids, account);
    }

    private static List<Batch> batches(ChunkRow chunk, JobClient client) {
        return Stream.concat(Stream.of(chunk.remote().batchId()), chunk.remote().twins().stream())
                .map(client.batches()::retrieveBatch).toList();
    }

    /** The ids of the files may come later than the end (field report); what the counts speak of must have a file. */
    private static boolean lacksFiles(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        boolean answered = counts != null && counts.completed() != null && counts.completed() > 0;
        boolean failed = counts != null && counts.failed() != null && counts.failed() > 0;
        boolean neither = batch.outputFileId() == null && batch.errorFileId() == null;
        return batch.status() != BatchStatus.FAILED
                && (answered && batch.outputFileId() == null || failed && batch.errorFileId() == null || neither);
    }

    /** As far as its counts tell: whoever has cancelled it should not have to wait long for files that will not come. */
    private static boolean ranNothing(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        return counts != null && Objects.equals(counts.completed(), 0) && Objects.equals(counts.failed(), 0);
    }

    /** If something is not known then, the files are read once more. Of a file that is gone the lines are missing. */
    private LineAccount account(ChunkRow chunk, List<String> outputs, List<String> errors, ResultFiles files,
            List<String> ids) throws IOException {
        try {
            LineAccount account = read(chunk, outputs, errors, files, ids);
            return account.hasUnknown() && !(outputs.isEmpty() && errors.isEmpty()) ? read(chunk, outputs, errors, files, ids)
                    : account;
        } catch (BatchApiException e) {
            if (e.status() != 404) {
                throw e;
            }
            ChunkRow noted = NotFoundGrace.noted(chunk, clock.instant());
            if (!NotFoundGrace.isFinal(noted, clock.instant())) {
                store.update(noted);
                throw new IOException(e.getMessage(), e);
            }
            return read(chunk, outputs, errors, files.leavingOutThoseGone(), ids);
        }
    }

    private LineAccount read(ChunkRow chunk, List<String> outputs, List<String> errors, ResultFiles files,
            List<String> ids) throws IOException {
        LineAccount account = new LineAccount(ids);
        add(account, files.download(outputs, directory.file(chunk, ChunkFile.OUTPUT)), true);
        add(account, files.download(errors, directory.file(chunk, ChunkFile.ERRORS)), false);
        return account;
    }

    private static void add(LineAccount account, Path file, boolean output) {
        JsonlReader.results(file).forEach(result -> account.add(result, output));
    }

    private ChunkRow conclude(ChunkRow chunk, ResendDecision verdict, List<String> ids, LineAccount account)
            throws IOException {
        Optional<BitSet> before = resubmission.before(chunk, ids);
        BitSet resent = before.orElseGet(verdict::resent);
        Files.write(directory.file(chunk, ChunkFile.CHOSEN), account.chosen(resent).toByteArray());
        try (SyntheticResults unanswered = new SyntheticResults(directory.file(chunk, ChunkFile.UNANSWERED))) {
            verdict.writeUnanswered(unanswered, resent);
        }
        if (before.isEmpty() && !resent.isEmpty()) {
            resubmission.spool(chunk, ids, resent, chunk.input().attempt() + (verdict.countsAsAttempt() ? 1 : 0));
        }
        ChunkResults results = new ChunkResults(directory, chunk);
        return store.update(chunk.in(ChunkState.COLLECTED).with(verdict.tally(results, resent)));
    }
}
