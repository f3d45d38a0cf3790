package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;

/** Reads the pieces of a file, one after the other. */
final class PieceInput extends InputStream {

    private final Database database;
    private final StoredFile file;
    private final Inflater inflater = new Inflater(true);
    // a byte more than it holds, so that its end is seen
    private final byte[] piece = new byte[PieceDraft.BYTES + 1];
    private int number;
    private int length;
    private int at;
    private boolean open = true;

    /**
     * @throws DamagedFileException if the file is gone, or has another size
     */
    PieceInput(Database database, StoredFile file, long offset) throws IOException {
        this.database = database;
        this.file = file;
        long expected = (file.bytes() + PieceDraft.BYTES - 1) / PieceDraft.BYTES;
        long pieces = database.run(connection -> Sql.first(connection,
                "SELECT count(piece.number) FROM openai_batch_files AS stored LEFT JOIN openai_batch_pieces AS piece "
                        + "ON piece.file = stored.id WHERE stored.id = ? GROUP BY stored.id",
                row -> row.getLong(1), file.id())).orElse(-1L);
        if (pieces != expected) {
            throw new DamagedFileException(DatabaseFiles.name(file));
        }
        number = Math.toIntExact(offset / PieceDraft.BYTES);
        int skipped = (int) (offset % PieceDraft.BYTES);
        if (skipped > 0 && fill()) {
            at = Math.min(skipped, length);
        }
    }

    /** False at the end. */
    private boolean fill() throws IOException {
        if ((long) number * PieceDraft.BYTES >= file.bytes()) {
            return false;
        }
        byte[] content;
        try {
            content = database.run(connection -> Sql.first(connection,
                    "SELECT content FROM openai_batch_pieces WHERE file = ? AND number = ?", row -> row.getBytes(1), file.id(),
                    number)).orElseThrow(() -> new UncheckedIOException(new DamagedFileException(DatabaseFiles.name(file))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        inflater.reset();
        inflater.setInput(content);
        length = 0;
        try {
            while (!inflater.finished()) {
                int some = inflater.inflate(piece, length, piece.length - length);
                length += some;
                if (some == 0 && !inflater.finished()) {
                    throw new DamagedFileException(DatabaseFiles.name(file));
                }
            }
        } catch (DataFormatException e) {
            throw new DamagedFileException(DatabaseFiles.name(file));
        }
        number++;
        at = 0;
        long end = Math.min((long) number * PieceDraft.BYTES, file.bytes());
        if ((long) (number - 1) * PieceDraft.BYTES + length != end) {
            throw new DamagedFileException(DatabaseFiles.name(file));
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return at == length && !fill() ? -1 : piece[at++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (!open) {
            throw new IOException("The stream is closed");
        }
        if (at == length && !fill()) {
            return -1;
        }
        int some = Math.min(most, length - at);
        System.arraycopy(piece, at, to, offset, some);
        at += some;
        return some;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            inflater.end();
        }
    }
}
