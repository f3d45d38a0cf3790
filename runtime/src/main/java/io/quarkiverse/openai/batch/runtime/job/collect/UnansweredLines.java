package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.result.SyntheticResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Step: gives the lines of a chunk that nothing answers their outcome; those that moved to other chunks have none here. */
public final class UnansweredLines {

    private final JobStore store;
    private final ChunkFiles files;

    public UnansweredLines(JobStore store, ChunkFiles files) {
        this.store = store;
        this.files = files;
    }

    /** What may have been run, and whose answers cannot be had now: its batch, if there is one, can be asked for later. */
    public ChunkRow missing(ChunkRow chunk) throws IOException {
        return run(chunk.with(chunk.remote().asAbandoned()), ResultWriter::addMissing);
    }

    /** What was not sent. */
    public ChunkRow cancelled(ChunkRow chunk) throws IOException {
        return run(chunk, (results, id) -> results.add(SyntheticResults.cancelled(id)));
    }

    private interface Line {

        void addTo(ResultWriter results, String customId) throws IOException;
    }

    private ChunkRow run(ChunkRow chunk, Line line) throws IOException {
        try (ResultWriter results = new ResultWriter(files, chunk);
                Stream<String> ids = CustomIdLines.of(files, chunk)) {
            BitSet moved = LineNumbers.movedFrom(chunk, store.chunks(chunk.job()), files);
            int number = 0;
            for (Iterator<String> id = ids.iterator(); id.hasNext(); number++) {
                String customId = id.next();
                if (moved.get(number)) {
                    results.moveNext();
                    results.addNothing();
                } else {
                    line.addTo(results, customId);
                }
            }
            return store.update(results.finish(List.of(), null).in(ChunkState.COLLECTED).with(results.tally(Usage.NONE)));
        }
    }
}
