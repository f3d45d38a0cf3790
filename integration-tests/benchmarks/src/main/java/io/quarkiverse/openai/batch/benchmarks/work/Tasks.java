package io.quarkiverse.openai.batch.benchmarks.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.benchmarks.data.Answers;
import io.quarkiverse.openai.batch.benchmarks.data.Tally;

/** The tasks of the scenarios by their names, for one contestant. */
public final class Tasks {

    public static final String RESULT_FILE_ID = "file-results";

    /** Larger than the form around an uploaded file, and smaller than a line. */
    private static final int FORM_BYTES = 2_000;

    private final Settings settings;

    public Tasks(Settings settings) {
        this.settings = settings;
    }

    public Map<String, Task> reading(ResultReading reading) {
        return ofResultFiles(file -> read(reading, Files.newInputStream(file)));
    }

    /** For readers of a file that need another way. */
    public Map<String, Task> ofResultFiles(FileTask task) {
        return Map.of("read-structured", () -> task.run(settings.resultFile(Answers.STRUCTURED)),
                "read-text", () -> task.run(settings.resultFile(Answers.TEXT)));
    }

    @FunctionalInterface
    public interface FileTask {

        Tally run(Path file) throws IOException;
    }

    private static Tally read(ResultReading reading, InputStream in) throws IOException {
        Tally.Sum sum = new Tally.Sum();
        try (in) {
            reading.read(in, sum);
        }
        return sum.tally();
    }

    public Map<String, Task> transfer(RequestWriting writing, ResultReading reading, FileTransfer transfer) {
        Path file = settings.requestFile();
        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put("write", () -> write(writing, file));
        tasks.put("upload", () -> upload(transfer, file));
        tasks.put("write-upload", () -> {
            write(writing, file);
            return upload(transfer, file);
        });
        tasks.put("download-read", () -> read(reading, transfer.download(RESULT_FILE_ID)));
        return tasks;
    }

    private Tally write(RequestWriting writing, Path file) throws IOException {
        Files.deleteIfExists(file);
        writing.write(settings.requestLines(), file);
        return new Tally(settings.requestLines(), 0, 0);
    }

    private Tally upload(FileTransfer transfer, Path file) throws IOException {
        long size = Files.size(file);
        long received = transfer.upload(file);
        if (received < size || received > size + FORM_BYTES) {
            throw new IllegalStateException("The server received %d bytes of %d".formatted(received, size));
        }
        return new Tally(settings.requestLines(), 0, 0);
    }

    public Map<String, Task> calls(BatchCalls calls) {
        Map<String, Task> tasks = new LinkedHashMap<>();
        for (int concurrent : Settings.CONCURRENT) {
            Load load = new Load(concurrent, settings.calls(concurrent));
            tasks.put("create-" + concurrent, () -> load.ofBlocking(calls::create));
            tasks.put("retrieve-" + concurrent, () -> load.ofBlocking(calls::retrieve));
        }
        return tasks;
    }

    public Map<String, Task> calls(AsyncBatchCalls calls) {
        Map<String, Task> tasks = new LinkedHashMap<>();
        for (int concurrent : Settings.CONCURRENT) {
            Load load = new Load(concurrent, settings.calls(concurrent));
            tasks.put("create-" + concurrent, () -> load.ofAsync(calls::create));
            tasks.put("retrieve-" + concurrent, () -> load.ofAsync(calls::retrieve));
        }
        return tasks;
    }
}
