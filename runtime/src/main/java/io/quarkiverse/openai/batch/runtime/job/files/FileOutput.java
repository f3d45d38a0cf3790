package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/** Writes a file of a chunk, and counts and digests its bytes. Closing it deletes the file unless a row names it. */
public final class FileOutput extends FilterOutputStream {

    private final FileDraft draft;
    private final MessageDigest digest;
    private long bytes;

    private FileOutput(FileDraft draft, MessageDigest digest, int buffer) {
        super(new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(draft.channel()), digest), buffer));
        this.draft = draft;
        this.digest = digest;
    }

    public static FileOutput of(ChunkFiles files, String job, ChunkFile kind) throws IOException {
        // there may be many files of ids at a time, one a model
        return new FileOutput(files.draft(job, kind), Sha256.digest(), kind == ChunkFile.IDS ? 1 << 13 : 1 << 16);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        bytes += length;
    }

    /** How many bytes were written. */
    public long bytes() {
        return bytes;
    }

    /** Completes the file. Must be called once. It is on disk then, also after a loss of power. */
    public StoredFile finish() throws IOException {
        out.flush();
        return draft.keep(bytes, Sha256.hex(digest));
    }

    @Override
    public void close() throws IOException {
        draft.close();
    }
}
