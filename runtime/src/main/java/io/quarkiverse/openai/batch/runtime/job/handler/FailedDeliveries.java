package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;

/** Which lines of a chunk its handlers failed at: a file of a handler and an id each line. */
public final class FailedDeliveries {

    private static final String SEPARATOR = " ";

    private final Path file;

    public FailedDeliveries(Path file) {
        this.file = file;
    }

    void add(HandlerMethod handler, List<BatchResult> results) throws IOException {
        if (!results.isEmpty()) {
            Files.write(file, results.stream().map(result -> line(handler.method(), result.customId())).toList(),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String line(String method, String id) {
        return method + SEPARATOR + CustomIdLines.encode(id);
    }

    /** Ids by handler; a line is there once, though a crash may have added it twice. */
    Map<String, Set<String>> read() throws IOException {
        Map<String, Set<String>> failed = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return failed;
        }
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                int end = line.indexOf(SEPARATOR);
                failed.computeIfAbsent(line.substring(0, end), method -> new LinkedHashSet<>())
                        .add(CustomIdLines.decode(line.substring(end + 1)));
            });
        }
        return failed;
    }

    /** Leaves these, and no others. */
    void replace(Map<String, Set<String>> failed) throws IOException {
        if (failed.values().stream().allMatch(Set::isEmpty)) {
            Files.deleteIfExists(file);
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, failed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(id -> line(entry.getKey(), id))).toList());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Those of lines that were run again do not count any more. */
    public void remove(Set<String> ids) throws IOException {
        Map<String, Set<String>> left = read();
        left.values().forEach(failed -> failed.removeAll(ids));
        replace(left);
    }

    public long count() throws IOException {
        return read().values().stream().mapToLong(Set::size).sum();
    }
}
