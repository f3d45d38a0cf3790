package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.Faults.SeededBatchFault;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.NewFile;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/** Output and error file of one batch. */
public final class ResultFiles {

    private static final Duration RETENTION = Duration.ofDays(30);

    private final String batchId;
    private final BatchSpec spec;
    private final FileStore files;
    private final BatchFault fault;
    private final long seed;
    private final ResultFile output;
    private final ResultFile error;
    private StoredFile outputFile;
    private StoredFile errorFile;

    public ResultFiles(String batchId, BatchSpec spec, FileStore files, SeededBatchFault fault) {
        this.batchId = batchId;
        this.spec = spec;
        this.files = files;
        this.fault = fault.fault();
        this.seed = fault.seed();
        this.output = new ResultFile(files.newPath());
        this.error = new ResultFile(files.newPath());
    }

    ResultFile output() {
        return output;
    }

    ResultFile error() {
        return error;
    }

    /** The output file, or null as long as there is none. */
    StoredFile outputFile() {
        return outputFile;
    }

    /** The error file, or null as long as there is none. */
    StoredFile errorFile() {
        return errorFile;
    }

    /** Makes both files known before their time. */
    void publishEarly(Instant at) throws IOException {
        output.create();
        error.create();
        outputFile = store(output, "output", at);
        errorFile = store(error, "error", at);
    }

    /** Makes the finished files known. */
    void publish(Instant at) throws IOException {
        if (fault.isShuffled() && output.exists()) {
            output.shuffle(seed);
        }
        if (fault.hasEmptyFiles()) {
            output.create();
            error.create();
        }
        if (outputFile == null && output.exists()) {
            outputFile = store(output, "output", at);
        }
        if (errorFile == null && error.exists()) {
            errorFile = store(error, "error", at);
        }
    }

    /** Deletes both files. */
    void discard() {
        FileStore.discard(output.path());
        FileStore.discard(error.path());
    }

    private StoredFile store(ResultFile file, String kind, Instant at) {
        Duration retention = spec.outputExpiresAfter() == null ? RETENTION : Duration.ofSeconds(spec.outputExpiresAfter());
        return files.add(new NewFile(batchId + "_" + kind + ".jsonl", "batch_output", file.path(), at, at.plus(retention)));
    }
}
