package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** A chunk that is being written: its lines and their ids, in files that get their names when it is full. */
final class ChunkDraft implements AutoCloseable {

    private static final int IDS_BUFFER = 8 << 10;

    private final JobDirectory directory;
    private final String job;
    private final RequestLines lines;
    private final Path ids;
    private final Path requests;
    private final ByteArrayOutputStream idsBuffer = new ByteArrayOutputStream();
    private final RequestLines.Output output;

    ChunkDraft(JobDirectory directory, String job, RequestLines lines) throws IOException {
        this.directory = directory;
        this.job = job;
        this.lines = lines;
        this.ids = directory.draft(job, ".ids");
        this.requests = directory.draft(job, ".jsonl");
        this.output = lines.open(requests);
    }

    RequestLines.Output output() {
        return output;
    }

    /** Adds the current line. */
    void add() throws IOException {
        output.add();
        idsBuffer.writeBytes(CustomIdLines.encode(lines.customId()).getBytes(StandardCharsets.UTF_8));
        idsBuffer.write('\n');
        if (idsBuffer.size() >= IDS_BUFFER) {
            writeIds();
        }
    }

    /** The file is open only meanwhile. */
    private void writeIds() throws IOException {
        Files.write(ids, idsBuffer.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        idsBuffer.reset();
    }

    /** Completes the files. Must be called once. */
    ChunkRow.Input finish(int attempt, int parent) throws IOException {
        RequestFile file = output.finish();
        writeIds();
        return new ChunkRow.Input("batch-" + UUID.randomUUID() + ".jsonl", file.lines(), file.bytes(), file.tokens(),
                file.answerTokens(), file.sha256(), file.model(), attempt, parent);
    }

    /** Gives the files their names. */
    void moveTo(int number) throws IOException {
        Files.move(ids, directory.file(job, number, ChunkFile.IDS), StandardCopyOption.REPLACE_EXISTING);
        Files.move(requests, directory.file(job, number, ChunkFile.REQUESTS), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (output) {
            Files.deleteIfExists(requests);
        } finally {
            Files.deleteIfExists(ids);
        }
    }
}
