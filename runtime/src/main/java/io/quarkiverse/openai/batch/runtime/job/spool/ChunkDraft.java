package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.FileDraft;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** A chunk that is being written: its lines and their ids, in files that are deleted unless its row is stored. */
final class ChunkDraft implements AutoCloseable {

    private final String job;
    private final RequestLines lines;
    private final FileDraft requests;
    private final FileOutput ids;
    private final RequestLines.Output output;
    private boolean schemas;

    ChunkDraft(ChunkFiles files, String job, RequestLines lines) throws IOException {
        this.job = job;
        this.lines = lines;
        this.requests = files.draft(job, ChunkFile.REQUESTS);
        try {
            this.ids = FileOutput.of(files, job, ChunkFile.IDS);
        } catch (IOException | RuntimeException e) {
            requests.close();
            throw e;
        }
        this.output = lines.open(requests.channel());
    }

    RequestLines.Output output() {
        return output;
    }

    /** Adds the current line. */
    void add() throws IOException {
        output.add();
        schemas |= lines.hasAnswerSchema();
        ids.write(CustomIdLines.encode(lines.customId()).getBytes(StandardCharsets.UTF_8));
        ids.write('\n');
    }

    /** Ends the lines. Must be called once. */
    ChunkRow.Input finish(int attempt, int parent) throws IOException {
        RequestFile file = output.finish();
        return new ChunkRow.Input("batch-" + UUID.randomUUID() + ".jsonl", file.lines(), file.bytes(), file.tokens(),
                file.answerTokens(), file.sha256(), file.model(), attempt, parent, schemas);
    }

    /** The chunk, whose files are on disk. */
    ChunkRow row(ChunkRow.Input input) throws IOException {
        return ChunkRow.spooled(job, 0, input).with(ChunkFile.REQUESTS, requests.keep(input.bytes(), input.sha256()))
                .with(ChunkFile.IDS, ids.finish());
    }

    @Override
    public void close() throws IOException {
        try (requests; ids) {
            // both, whatever fails
        }
    }
}
