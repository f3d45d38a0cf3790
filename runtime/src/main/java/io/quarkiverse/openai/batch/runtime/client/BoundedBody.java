package io.quarkiverse.openai.batch.runtime.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Reads bodies into memory, within bounds. A body that is not read to its end is abandoned with its request, or else its
 * connection would be kept for ever.
 */
final class BoundedBody {

    /** A page of 10,000 files has some 3 MB. */
    static final int LONGEST_JSON = 32 << 20;
    static final int LONGEST_ERROR = 64 << 10;

    private BoundedBody() {
    }

    /**
     * @throws IOException if the body is longer than 32 MiB or breaks off
     */
    static byte[] read(InputStream body, WireRequest request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!readTo(bytes, body, LONGEST_JSON, request)) {
            throw new IOException("The body is longer than " + LONGEST_JSON + " bytes");
        }
        return bytes.toByteArray();
    }

    /** The first 64 KiB of an error's body; what is there of it if it breaks off. */
    static byte[] readError(InputStream body, WireRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            readTo(bytes, body, LONGEST_ERROR, request);
        } catch (IOException brokenOff) {
            // the status tells enough
        }
        return bytes.toByteArray();
    }

    /** Whether the body ended within the limit. */
    private static boolean readTo(ByteArrayOutputStream bytes, InputStream body, int limit, WireRequest request)
            throws IOException {
        byte[] buffer = new byte[8192];
        try {
            int read;
            while (bytes.size() <= limit && (read = body.read(buffer)) >= 0) {
                bytes.write(buffer, 0, read);
            }
        } catch (IOException e) {
            request.abandon();
            if (e instanceof InterruptedIOException) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
        if (bytes.size() > limit) {
            request.abandon();
            return false;
        }
        return true;
    }
}
