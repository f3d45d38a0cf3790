package io.quarkiverse.openai.batch.emulator.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.file.FileStore;

/** An output or error file in the making: appended to while lines are executed, open only then. */
final class ResultFile {

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private OutputStream stream;
    private boolean exists;

    ResultFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return exists;
    }

    /** Makes the file exist, even without lines. */
    void create() throws IOException {
        if (!exists) {
            Files.createFile(path, FileStore.ownerOnly(path, "rw-------"));
            exists = true;
        }
    }

    void append(JsonNode line) throws IOException {
        append(Json.MAPPER.writeValueAsBytes(line));
    }

    void append(byte[] line) throws IOException {
        if (stream == null) {
            create();
            stream = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.APPEND), BUFFER);
        }
        stream.write(line);
        stream.write('\n');
    }

    void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    /** Brings the lines into a random order; only their offsets are held in memory. */
    void shuffle(long seed) throws IOException {
        long[] starts = starts();
        int[] order = order(starts.length - 1, seed);
        Path shuffled = path.resolveSibling(path.getFileName() + ".shuffled");
        try (FileChannel from = FileChannel.open(path);
                FileChannel to = FileChannel.open(shuffled, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        FileStore.ownerOnly(shuffled, "rw-------"))) {
            for (int line : order) {
                copy(from, starts[line], starts[line + 1], to);
            }
        }
        Files.move(shuffled, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(FileChannel from, long start, long end, FileChannel to) throws IOException {
        long position = start;
        while (position < end) {
            position += from.transferTo(position, end - position, to);
        }
    }

    /** Where each line begins, and where the last one ends. */
    private long[] starts() throws IOException {
        long[] starts = new long[1_024];
        int lines = 0;
        try (LineReader reader = new LineReader(path, 0, Integer.MAX_VALUE)) {
            while (reader.next() != null) {
                if (++lines == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * lines);
                }
                starts[lines] = reader.position();
            }
        }
        return Arrays.copyOf(starts, lines + 1);
    }

    private static int[] order(int lines, long seed) {
        int[] order = new int[lines];
        Random random = new Random(seed);
        for (int line = 0; line < lines; line++) {
            int other = random.nextInt(line + 1);
            order[line] = order[other];
            order[other] = line;
        }
        return order;
    }
}
