package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.Deflater;

import io.quarkiverse.openai.batch.runtime.job.files.FileDraft;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;

/** A file that is being written, in pieces of a mebibyte that are compressed one by one. */
final class PieceDraft implements FileDraft, WritableByteChannel {

    /** Bytes of a piece before compression. */
    static final int BYTES = 1 << 20;

    private final Database database;
    private final Epochs epochs;
    private final String id;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private int pieces;
    private boolean open = true;

    PieceDraft(Database database, Epochs epochs, String id) {
        this.database = database;
        this.epochs = epochs;
        this.id = id;
    }

    @Override
    public WritableByteChannel channel() {
        return this;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        byte[] part = new byte[Math.min(length, 1 << 13)];
        while (bytes.hasRemaining()) {
            int some = Math.min(Math.min(bytes.remaining(), part.length), BYTES - piece.size());
            bytes.get(part, 0, some);
            piece.write(part, 0, some);
            if (piece.size() == BYTES) {
                store();
            }
        }
        return length;
    }

    private void store() throws IOException {
        byte[] content = compressed();
        int number = pieces++;
        epochs.id();
        try {
            database.run(connection -> Sql.update(connection,
                    "INSERT INTO openai_batch_pieces (file, number, content) VALUES (?, ?, ?)", id, number, content));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        piece.reset();
    }

    private byte[] compressed() {
        deflater.reset();
        deflater.setInput(piece.toByteArray());
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        return out.toByteArray();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** What a statement has committed is on the disk of the database. */
    @Override
    public StoredFile keep(long bytes, String sha256) throws IOException {
        if (piece.size() > 0) {
            store();
        }
        end();
        return new StoredFile(id, bytes, sha256);
    }

    private void end() {
        if (open) {
            open = false;
            deflater.end();
            piece = null;
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try {
            database.run(connection -> Sql.update(connection, "DELETE FROM openai_batch_files WHERE id = ? AND NOT named", id));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
