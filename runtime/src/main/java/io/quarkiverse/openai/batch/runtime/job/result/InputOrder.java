package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/**
 * Results of one chunk's lines in the order of the lines. They lie in a file meanwhile; the offsets are kept, not the lines.
 */
final class InputOrder {

    private static final long MISSING = -1;

    private final JobDirectory directory;
    private final ChunkRow chunk;
    private final List<String> ids;
    private final Stream<BatchResult> results;

    /**
     * @param ids of the lines of the chunk
     * @param results of these lines, in any order
     */
    InputOrder(JobDirectory directory, ChunkRow chunk, List<String> ids, Stream<BatchResult> results) {
        this.directory = directory;
        this.chunk = chunk;
        this.ids = ids;
        this.results = results;
    }

    /** The stream must be closed. */
    Stream<BatchResult> stream() {
        try {
            Path file = directory.draft(chunk.job(), ".ordered.jsonl");
            long[] offsets = new long[ids.size()];
            int[] lengths = new int[ids.size()];
            Arrays.fill(offsets, MISSING);
            write(file, offsets, lengths);
            RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r");
            return IntStream.range(0, ids.size()).mapToObj(line -> read(lines, line, offsets, lengths))
                    .onClose(() -> close(lines, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, long[] offsets, int[] lengths) throws IOException {
        Map<String, Integer> lineOfId = new HashMap<>(ids.size() * 2);
        for (int line = 0; line < ids.size(); line++) {
            lineOfId.put(ids.get(line), line);
        }
        long[] position = { 0 };
        try (results; OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            results.filter(result -> result.outcome() != Outcome.MISSING).forEach(result -> {
                int line = lineOfId.get(result.customId());
                byte[] bytes = result.line();
                offsets[line] = position[0];
                lengths[line] = bytes.length;
                position[0] += bytes.length;
                write(out, bytes);
            });
        }
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BatchResult read(RandomAccessFile lines, int line, long[] offsets, int[] lengths) {
        if (offsets[line] == MISSING) {
            return BatchResult.missing(ids.get(line));
        }
        try {
            byte[] bytes = new byte[lengths[line]];
            lines.seek(offsets[line]);
            lines.readFully(bytes);
            return BatchResult.parse(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(RandomAccessFile lines, Path file) {
        try {
            lines.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
