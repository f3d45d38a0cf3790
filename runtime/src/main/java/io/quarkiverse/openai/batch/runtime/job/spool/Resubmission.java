package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RawLines;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.result.ResultPart;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Spools lines of a collected chunk again, as a chunk of their own. */
public final class Resubmission {

    private final JobStore store;
    private final JobDirectory directory;

    public Resubmission(JobStore store, JobDirectory directory) {
        this.store = store;
        this.directory = directory;
    }

    /**
     * The lines that were spooled again before a crash; empty if none were. They stay the same, whatever is found now, since
     * they may have been sent already.
     */
    public Optional<BitSet> before(ChunkRow parent) throws IOException {
        Optional<ChunkRow> child = child(parent);
        return child.isEmpty() ? Optional.empty() : Optional.of(LineNumbers.movedTo(child.get(), directory));
    }

    private Optional<ChunkRow> child(ChunkRow parent) {
        return store.chunks(parent.job()).stream().filter(chunk -> chunk.input().parent() == parent.number()).findFirst();
    }

    /**
     * Stores the lines as a chunk whose parent is theirs.
     *
     * @param attempt how often they are sent with it
     * @param earlier the results that they have until then; null if they have none
     */
    public void spool(ChunkRow parent, BitSet lines, int attempt, ResultPart earlier) throws IOException {
        RequestLines requests = new RequestLines(LineLimits.NONE, TokenEstimator.ruleOfThumb());
        try (ChunkDraft draft = new ChunkDraft(directory, parent.job(), requests)) {
            copy(parent, lines, requests, draft);
            ChunkRow.Input input = draft.finish(attempt, parent.number());
            JobRow job = store.change(parent.job(), JobRow::withChunk);
            draft.moveTo(job.chunks());
            LineNumbers.write(directory, parent.job(), directory.file(parent.job(), job.chunks(), ChunkFile.MOVED), lines);
            ChunkRow child = ChunkRow.spooled(parent.job(), job.chunks(), input);
            store.insert(earlier == null ? child
                    : child.with(earlier.tally(Usage.NONE))
                            .with(child.remote().withAnswers(earlier.keepAsEarlier(job.chunks()))));
        }
    }

    private void copy(ChunkRow parent, BitSet lines, RequestLines requests, ChunkDraft draft) throws IOException {
        String endpoint = store.job(parent.job()).map(JobRow::endpoint).orElse(null);
        try (RawLines stored = RawLines.of(directory.file(parent, ChunkFile.REQUESTS),
                (int) Math.min(parent.input().bytes() + 1, Integer.MAX_VALUE - 8))) {
            for (int number = 0; stored.next(); number++) {
                if (lines.get(number)) {
                    requests.copy(stored.bytes(), endpoint);
                    draft.add();
                }
            }
        }
    }
}
