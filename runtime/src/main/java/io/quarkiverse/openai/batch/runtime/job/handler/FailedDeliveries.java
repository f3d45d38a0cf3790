package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;

/** Which lines of a chunk its handlers failed at: a file of a handler and the number of a line each line. */
public final class FailedDeliveries {

    private static final String SEPARATOR = " ";

    private final Path file;

    public FailedDeliveries(Path file) {
        this.file = file;
    }

    void add(HandlerMethod handler, List<StoredResult> results) throws IOException {
        if (!results.isEmpty()) {
            Files.write(file, results.stream().map(result -> line(handler.method(), result.line())).toList(),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String line(String method, int line) {
        return method + SEPARATOR + line;
    }

    /** Lines by handler. */
    Map<String, BitSet> read() throws IOException {
        Map<String, BitSet> failed = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return failed;
        }
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                int end = line.indexOf(SEPARATOR);
                failed.computeIfAbsent(line.substring(0, end), method -> new BitSet())
                        .set(Integer.parseInt(line.substring(end + 1)));
            });
        }
        return failed;
    }

    /** Leaves these, and no others. */
    void replace(Map<String, BitSet> failed) throws IOException {
        if (failed.values().stream().allMatch(BitSet::isEmpty)) {
            Files.deleteIfExists(file);
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, failed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().mapToObj(line -> line(entry.getKey(), line))).toList());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes lines that are run again. */
    public void remove(BitSet lines) throws IOException {
        Map<String, BitSet> left = read();
        left.values().forEach(failed -> failed.andNot(lines));
        replace(left);
    }

    public long count() throws IOException {
        return read().values().stream().mapToLong(BitSet::cardinality).sum();
    }
}
