package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RawLines;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.result.ResultPart;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Spools lines of a collected chunk again, as a chunk of their own. */
public final class Resubmission {

    private final JobStore store;
    private final ChunkFiles files;

    public Resubmission(JobStore store, ChunkFiles files) {
        this.store = store;
        this.files = files;
    }

    /**
     * The lines that were spooled again before a crash; empty if none were. They stay the same, whatever is found now, since
     * they may have been sent already.
     */
    public Optional<BitSet> before(ChunkRow parent) throws IOException {
        Optional<ChunkRow> child = store.childrenOf(parent).stream().findFirst();
        return child.isEmpty() ? Optional.empty() : Optional.of(LineNumbers.movedTo(child.get(), files));
    }

    /**
     * Stores the lines as a chunk whose parent is theirs.
     *
     * @param attempt how often they are sent with it
     * @param earlier the results that they have until then; null if they have none
     * @param change what is changed in them
     */
    public void spool(ChunkRow parent, BitSet lines, int attempt, ResultPart earlier, LineChange change)
            throws IOException {
        RequestLines requests = new RequestLines(LineLimits.NONE, TokenEstimator.ruleOfThumb());
        try (ChunkDraft draft = new ChunkDraft(files, parent.job(), requests);
                FileOutput moved = LineNumbers.write(files, parent.job(), ChunkFile.MOVED, lines)) {
            copy(parent, lines, requests, draft, change);
            ChunkRow child = draft.row(draft.finish(attempt, parent.number()));
            ChunkRow complete = child.with(ChunkFile.MOVED, moved.finish());
            store.insert(earlier == null ? complete : earlier.keep(complete).with(earlier.tally(Usage.NONE)));
        }
    }

    private void copy(ChunkRow parent, BitSet lines, RequestLines requests, ChunkDraft draft, LineChange change)
            throws IOException {
        String endpoint = store.job(parent.job()).map(JobRow::endpoint).orElse(null);
        InputStream all = files.open(parent.job(), parent.file(ChunkFile.REQUESTS));
        try (RawLines stored = RawLines.of(all, (int) Math.min(parent.input().bytes() + 1, Integer.MAX_VALUE - 8))) {
            for (int number = 0; stored.next(); number++) {
                if (lines.get(number)) {
                    requests.copy(change.apply(number, stored.bytes()), endpoint);
                    draft.add();
                }
            }
        }
    }
}
