package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.UUID;

import io.quarkiverse.openai.batch.jsonl.RequestFacts;
import io.quarkiverse.openai.batch.jsonl.Sha256;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** A chunk that is being written: its lines and their ids, in files that get their names when it is full. */
final class ChunkDraft implements AutoCloseable {

    private final JobDirectory directory;
    private final String job;
    private final String model;
    private final Path requests;
    private final Path ids;
    private final MessageDigest digest;
    private final OutputStream requestsOut;
    private final OutputStream idsOut;
    private long lines;
    private long bytes;
    private long inputs;
    private long promptTokens;
    private long answerTokens;

    ChunkDraft(JobDirectory directory, String job, String model) throws IOException {
        this.directory = directory;
        this.job = job;
        this.model = model;
        this.requests = directory.draft(job, ".jsonl");
        this.ids = directory.draft(job, ".ids");
        this.digest = Sha256.digest();
        this.requestsOut = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(requests), digest), 1 << 16);
        this.idsOut = new BufferedOutputStream(Files.newOutputStream(ids), 1 << 14);
    }

    /** Whether a line would take it over a limit. */
    boolean isFullFor(byte[] line, RequestFacts facts, JobSettings settings) {
        return lines > 0 && (over(lines + 1, settings.limits().requests())
                || over(bytes + line.length, settings.limits().bytes())
                || over(inputs + facts.embeddingInputs(), settings.limits().embeddingInputs())
                || over(promptTokens + facts.promptTokens(), settings.chunkTokens()));
    }

    private static boolean over(long value, long limit) {
        return limit > 0 && value > limit;
    }

    void add(String customId, byte[] line, RequestFacts facts) throws IOException {
        requestsOut.write(line);
        idsOut.write(CustomIdLines.encode(customId).getBytes(StandardCharsets.UTF_8));
        idsOut.write('\n');
        lines++;
        bytes += line.length;
        inputs += facts.embeddingInputs();
        promptTokens += facts.promptTokens();
        answerTokens += facts.answerTokens();
    }

    long lines() {
        return lines;
    }

    /** Ends it; to be called once. */
    ChunkRow.Input finish(int attempt, int parent) throws IOException {
        requestsOut.close();
        idsOut.close();
        return new ChunkRow.Input("batch-" + UUID.randomUUID() + ".jsonl", lines, bytes, promptTokens, answerTokens,
                Sha256.hex(digest), model, attempt, parent);
    }

    /** Gives the files their names. */
    void moveTo(int number) throws IOException {
        Files.move(ids, directory.file(job, number, ChunkFile.IDS), StandardCopyOption.REPLACE_EXISTING);
        Files.move(requests, directory.file(job, number, ChunkFile.REQUESTS), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        requestsOut.close();
        idsOut.close();
        Files.deleteIfExists(requests);
        Files.deleteIfExists(ids);
    }
}
