package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.jsonl.RawLines;
import io.quarkiverse.openai.batch.jsonl.RequestFacts;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
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
     * The lines that were spooled again before a crash; empty if none were. Those stay the ones, whatever is found now, since
     * they may have been sent already.
     */
    public Optional<BitSet> before(ChunkRow parent, List<String> ids) throws IOException {
        Optional<ChunkRow> child = child(parent);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        Set<String> resent = new HashSet<>(CustomIdLines.read(directory.file(child.get(), ChunkFile.IDS)));
        BitSet lines = new BitSet(ids.size());
        for (int line = 0; line < ids.size(); line++) {
            lines.set(line, resent.contains(ids.get(line)));
        }
        return Optional.of(lines);
    }

    private Optional<ChunkRow> child(ChunkRow parent) {
        return store.chunks(parent.job()).stream().filter(chunk -> chunk.input().parent() == parent.number()).findFirst();
    }

    /**
     * Stores the lines as a chunk whose parent is theirs.
     *
     * @param attempt how often they are sent with it
     */
    public void spool(ChunkRow parent, List<String> ids, BitSet lines, int attempt) throws IOException {
        try (ChunkDraft draft = new ChunkDraft(directory, parent.job(),
                parent.input().model())) {
            copy(parent, ids, lines, draft);
            ChunkRow.Input input = draft.finish(attempt, parent.number());
            JobRow job = store.change(parent.job(), JobRow::withChunk);
            draft.moveTo(job.chunks());
            store.insert(ChunkRow.spooled(parent.job(), job.chunks(), input));
        }
    }

    private void copy(ChunkRow parent, List<String> ids, BitSet lines, ChunkDraft draft) throws IOException {
        try (RawLines requests = RawLines.of(directory.file(parent, ChunkFile.REQUESTS))) {
            for (int number = 0; requests.next(); number++) {
                if (lines.get(number)) {
                    byte[] line = Arrays.copyOf(requests.bytes(), (int) requests.length() + 1);
                    line[line.length - 1] = '\n';
                    draft.add(ids.get(number), line, RequestFacts.of(line, TokenEstimator.ruleOfThumb()));
                }
            }
        }
    }
}
