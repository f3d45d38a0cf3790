package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Reads the start of a body. A body that is not read to its end is abandoned with its request, or else its connection would be
 * kept for ever.
 */
final class BoundedBody {

    private static final int LONGEST_ERROR = 64 << 10;

    private BoundedBody() {
    }

    /** The first 64 KiB of an error's body; what is there of it if it breaks off. */
    static byte[] readError(InputStream body, WireRequest request) {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            int read;
            while ((read = body.read(buffer)) >= 0) {
                start.write(buffer, 0, read);
                if (start.size() > LONGEST_ERROR) {
                    request.abandon();
                    break;
                }
            }
        } catch (IOException brokenOff) {
            // the status tells enough
            request.abandon();
            if (brokenOff instanceof InterruptedIOException) {
                Thread.currentThread().interrupt();
            }
        }
        return start.toByteArray();
    }
}
