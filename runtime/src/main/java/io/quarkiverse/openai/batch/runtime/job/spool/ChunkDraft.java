package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** A chunk that is being written: its lines and their ids, in files that get their names when it is full. */
final class ChunkDraft implements AutoCloseable {

    private final JobDirectory directory;
    private final String job;
    private final RequestLines lines;
    private final Path ids;
    private final Path requests;
    private final OutputStream idsOut;
    private final RequestLines.Output output;

    ChunkDraft(JobDirectory directory, String job, RequestLines lines) throws IOException {
        this.directory = directory;
        this.job = job;
        this.lines = lines;
        this.ids = directory.draft(job, ".ids");
        this.requests = directory.draft(job, ".jsonl");
        this.idsOut = new BufferedOutputStream(Files.newOutputStream(ids), 1 << 14);
        this.output = lines.open(requests);
    }

    RequestLines.Output output() {
        return output;
    }

    /** Adds the current line. */
    void add() throws IOException {
        output.add();
        idsOut.write(CustomIdLines.encode(lines.customId()).getBytes(StandardCharsets.UTF_8));
        idsOut.write('\n');
    }

    /** Completes the files. Must be called once. */
    ChunkRow.Input finish(int attempt, int parent) throws IOException {
        RequestFile file = output.finish();
        idsOut.close();
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
        output.close();
        idsOut.close();
        Files.deleteIfExists(requests);
        Files.deleteIfExists(ids);
    }
}
