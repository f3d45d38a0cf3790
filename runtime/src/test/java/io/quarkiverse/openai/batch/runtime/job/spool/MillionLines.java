package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** Spools a million lines, or as many as its argument says, and prints how many chunks and lines there are. */
public final class MillionLines {

    private MillionLines() {
    }

    public static void main(String[] args) throws IOException {
        int lines = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path root = Files.createTempDirectory("spool-");
        try (SpoolBench bench = new SpoolBench(root)) {
            ChatBody template = ChatBody.of("gpt-6-luna").system("Positive or negative?");
            List<ChunkRow> chunks = bench.spool("million", LineLimits.OPENAI, () -> IntStream.range(0, lines)
                    .mapToObj(n -> BatchRequest.of("line-" + n, template.user("Review number " + n))));
            System.out.println(chunks.size() + " " + chunks.stream().mapToLong(chunk -> chunk.input().lines()).sum());
        } finally {
            delete(root);
        }
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
