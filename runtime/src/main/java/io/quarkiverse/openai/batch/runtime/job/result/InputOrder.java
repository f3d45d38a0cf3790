package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** The results of the lines of a chunk, in their order: of a line that moved to another chunk, the result there. */
final class InputOrder implements Iterator<StoredResult>, Closeable {

    private final ChunkRow chunk;
    private final List<Moved> moved = new ArrayList<>();
    private final StoredResults own;
    private int line;

    /**
     * @param chunks all chunks of the job
     */
    InputOrder(ChunkRow chunk, List<ChunkRow> chunks, ChunkFiles files) throws IOException {
        this.chunk = chunk;
        for (ChunkRow child : chunks) {
            if (child.input().parent() == chunk.number()) {
                moved.add(new Moved(LineNumbers.movedTo(child, files),
                        () -> new InputOrder(child, chunks, files)));
            }
        }
        this.own = new ChunkResults(files, chunk).open(0,
                number -> moved.stream().noneMatch(child -> child.lines.get(number)));
    }

    @Override
    public boolean hasNext() {
        return line < chunk.input().lines();
    }

    @Override
    public StoredResult next() {
        int number = line++;
        for (Moved child : moved) {
            if (child.lines.get(number)) {
                return child.next(number);
            }
        }
        return own.next();
    }

    @Override
    public void close() throws IOException {
        own.close();
        for (Moved child : moved) {
            child.close();
        }
    }

    private interface Opening {
        InputOrder open() throws IOException;
    }

    /** The lines that moved to a child; its results are open from the first of them to the last. */
    private static final class Moved implements Closeable {

        private final BitSet lines;
        private final Opening opening;
        private InputOrder results;

        Moved(BitSet lines, Opening opening) {
            this.lines = lines;
            this.opening = opening;
        }

        StoredResult next(int number) {
            try {
                results = results == null ? opening.open() : results;
                StoredResult next = results.next();
                if (number == lines.length() - 1) {
                    results.close();
                }
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            if (results != null) {
                results.close();
            }
        }
    }
}
