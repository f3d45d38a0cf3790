package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** The results of the lines of a chunk, in their order: of a line that moved to another chunk, the result there. */
final class InputOrder implements Iterator<StoredResult>, Closeable {

    /**
     * @param lines that moved
     * @param results of these lines
     */
    private record Moved(BitSet lines, InputOrder results) {
    }

    private final ChunkRow chunk;
    private final List<Moved> moved = new ArrayList<>();
    private final StoredResults own;
    private int line;

    /**
     * @param chunks all chunks of the job
     */
    InputOrder(ChunkRow chunk, List<ChunkRow> chunks, JobDirectory directory) throws IOException {
        this.chunk = chunk;
        this.own = new ChunkResults(directory, chunk).open(0,
                number -> moved.stream().noneMatch(lines -> lines.lines().get(number)));
        for (ChunkRow child : chunks) {
            if (child.input().parent() == chunk.number()) {
                moved.add(new Moved(LineNumbers.movedTo(child, directory), new InputOrder(child, chunks, directory)));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return line < chunk.input().lines();
    }

    @Override
    public StoredResult next() {
        int number = line++;
        for (Moved lines : moved) {
            if (lines.lines().get(number)) {
                return lines.results().next();
            }
        }
        return own.next();
    }

    @Override
    public void close() throws IOException {
        own.close();
        for (Moved lines : moved) {
            lines.results().close();
        }
    }
}
