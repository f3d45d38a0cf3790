package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/** Reads a file, and compares its digest at the end. */
public final class VerifiedInput extends DigestInputStream {

    private final String sha256;
    private final String what;
    private boolean verified;

    /**
     * @param sha256 what the digest must be, in hexadecimal
     * @param what names the file for the one who can restore it
     */
    public VerifiedInput(InputStream in, String sha256, String what) {
        super(in, Sha256.digest());
        this.sha256 = sha256;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        return verify(super.read());
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return verify(super.read(to, offset, length));
    }

    private int verify(int read) throws IOException {
        if (read < 0 && !verified) {
            if (!Sha256.hex(digest).equals(sha256)) {
                throw new DamagedFileException(what);
            }
            verified = true;
        }
        return read;
    }

    /** What is skipped is read, since the digest is that of all bytes. */
    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, 1 << 13)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
