package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.runtime.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.JobDirectory;

/** The results of a collected chunk: of the lines of its files those that count, and those that no file has. */
final class ChunkResults {

    private final JobDirectory directory;
    private final ChunkRow chunk;
    private final Path output;
    private final Path errors;

    ChunkResults(JobDirectory directory, ChunkRow chunk) {
        this(directory, chunk, directory.file(chunk, ChunkFile.OUTPUT), directory.file(chunk, ChunkFile.ERRORS));
    }

    /** With copies of the provider's files that are elsewhere. */
    ChunkResults(JobDirectory directory, ChunkRow chunk, Path output, Path errors) {
        this.directory = directory;
        this.chunk = chunk;
        this.output = output;
        this.errors = errors;
    }

    /** The stream must be closed. */
    Stream<BatchResult> stream() throws IOException {
        Stream<BatchResult> unanswered = Unanswered.read(directory.file(chunk, ChunkFile.UNANSWERED));
        if (!Files.exists(output)) {
            return unanswered;
        }
        BitSet chosen = BitSet.valueOf(Files.readAllBytes(directory.file(chunk, ChunkFile.CHOSEN)));
        Stream<BatchResult> lines = JsonlReader.results(output, errors).stream();
        int[] number = { 0 };
        return Stream.concat(lines.filter(result -> chosen.get(number[0]++)), unanswered);
    }
}
