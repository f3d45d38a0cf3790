package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** Files with the numbers of lines of a chunk, a bit a line. */
public final class LineNumbers {

    private LineNumbers() {
    }

    public static void write(JobDirectory directory, String job, Path file, BitSet lines) throws IOException {
        Path draft = directory.draft(job, ".lines");
        Files.write(draft, lines.toByteArray());
        directory.keep(draft, file);
    }

    public static BitSet read(Path file) throws IOException {
        return BitSet.valueOf(Files.readAllBytes(file));
    }

    /**
     * The lines of its parent that moved to a chunk, in the order of the lines of the chunk.
     *
     * @throws IOException if the file is damaged or gone
     */
    public static BitSet movedTo(ChunkRow child, JobDirectory directory) throws IOException {
        Path file = directory.file(child, ChunkFile.MOVED);
        BitSet lines = read(file);
        if (lines.cardinality() != child.input().lines()) {
            throw new IOException("The stored numbers of the lines of chunk %s are damaged: %s".formatted(child.id(), file));
        }
        return lines;
    }

    /** The lines of a chunk that moved to other chunks of its job. */
    public static BitSet movedFrom(ChunkRow parent, List<ChunkRow> chunks, JobDirectory directory) throws IOException {
        BitSet lines = new BitSet();
        for (ChunkRow chunk : chunks) {
            if (chunk.input().parent() == parent.number()) {
                lines.or(movedTo(chunk, directory));
            }
        }
        return lines;
    }
}
