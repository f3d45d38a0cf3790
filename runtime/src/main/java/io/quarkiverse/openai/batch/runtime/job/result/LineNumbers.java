package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** Files with the numbers of lines of a chunk, a bit a line. */
public final class LineNumbers {

    private LineNumbers() {
    }

    /** Writes numbers, to be completed and closed by the caller. */
    public static FileOutput write(ChunkFiles files, String job, ChunkFile kind, BitSet lines) throws IOException {
        FileOutput out = FileOutput.of(files, job, kind);
        try {
            out.write(lines.toByteArray());
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /**
     * @throws IOException if the file is damaged or gone
     */
    public static BitSet read(ChunkFiles files, ChunkRow chunk, ChunkFile kind) throws IOException {
        try (InputStream in = files.open(chunk.job(), chunk.file(kind))) {
            return BitSet.valueOf(in.readAllBytes());
        }
    }

    /**
     * The lines of its parent that moved to a chunk, in the order of the lines of the chunk.
     *
     * @throws IOException if the file is damaged or gone
     */
    public static BitSet movedTo(ChunkRow child, ChunkFiles files) throws IOException {
        return read(files, child, ChunkFile.MOVED);
    }

    /** The lines of a chunk that moved to other chunks of its job. */
    public static BitSet movedFrom(ChunkRow parent, List<ChunkRow> chunks, ChunkFiles files) throws IOException {
        BitSet lines = new BitSet();
        for (ChunkRow chunk : chunks) {
            if (chunk.input().parent() == parent.number()) {
                lines.or(movedTo(chunk, files));
            }
        }
        return lines;
    }
}
