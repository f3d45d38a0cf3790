package io.quarkiverse.openai.batch.runtime.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bodies into memory, within bounds. */
final class BoundedBody {

    /** A page of 10,000 files has some 3 MB. */
    private static final int LONGEST_JSON = 32 << 20;
    private static final int LONGEST_ERROR = 64 << 10;

    private BoundedBody() {
    }

    /**
     * @throws IOException if the body is longer than 32 MiB or breaks off
     */
    static byte[] read(InputStream body, WireRequest request) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_JSON + 1);
        if (bytes.length > LONGEST_JSON) {
            request.reset();
            throw new IOException("The body is longer than " + LONGEST_JSON + " bytes");
        }
        return bytes;
    }

    /** The first 64 KiB of an error's body; what is there of it if it breaks off. */
    static byte[] readError(InputStream body, WireRequest request) {
        byte[] bytes = new byte[LONGEST_ERROR];
        int length = 0;
        try (body) {
            int read;
            while (length < LONGEST_ERROR && (read = body.read(bytes, length, LONGEST_ERROR - length)) >= 0) {
                length += read;
            }
        } catch (IOException brokenOff) {
            // the status tells enough
        }
        if (length == LONGEST_ERROR) {
            request.reset();
        }
        return Arrays.copyOf(bytes, length);
    }
}
