package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

import io.quarkiverse.openai.batch.jsonl.SafeText;

/** The content codings of responses (RFC 9110, section 8.4.1): none is preferred, and gzip is read, since gateways send it. */
final class ContentCoding {

    static final String HEADER = "Accept-Encoding";
    static final String ACCEPTED = "identity, gzip;q=0.5";

    private ContentCoding() {
    }

    /**
     * Decodes a body while it is read.
     *
     * @throws IOException if the body has another coding
     */
    static UnaryOperator<InputStream> decoder(Map<String, List<String>> headers) throws IOException {
        return isCoded(headers) ? Gunzipped::new : UnaryOperator.identity();
    }

    /**
     * @param most the largest decoded body
     * @throws IOException if the body has another coding, is damaged, or is larger
     */
    static byte[] decoded(byte[] body, Map<String, List<String>> headers, int most) throws IOException {
        if (!isCoded(headers)) {
            return body;
        }
        try (InputStream decoded = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] all = decoded.readNBytes(most + 1);
            if (all.length > most) {
                throw new IOException("A body of more than " + most + " bytes");
            }
            return all;
        }
    }

    private static boolean isCoded(Map<String, List<String>> headers) throws IOException {
        String coding = String.join(",", headers.getOrDefault("content-encoding", List.of())).strip().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new IOException("A body of the content coding " + SafeText.of(coding, 50));
        };
    }

    /** Reads nothing before it is read from: a caller that only wants the stream must not wait for its first bytes. */
    private static final class Gunzipped extends FilterInputStream {

        private final Unended coded;
        private InputStream decoded;

        Gunzipped(InputStream body) {
            super(body);
            this.coded = new Unended(body);
        }

        private InputStream decoded() throws IOException {
            decoded = decoded == null ? new GZIPInputStream(coded, 1 << 15) : decoded;
            return decoded;
        }

        @Override
        public int read() throws IOException {
            return coded.whole(decoded().read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return coded.whole(decoded().read(buffer, offset, length));
        }

        @Override
        public long skip(long count) throws IOException {
            return decoded().skip(count);
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            if (decoded == null) {
                super.close();
            } else {
                decoded.close();
            }
        }
    }

    /**
     * A body in several parts, of which the next has not come yet, would be taken for one that has ended; and so would one
     * whose connection breaks between two of them, since the JDK ignores what fails there.
     */
    private static final class Unended extends FilterInputStream {

        private IOException failure;

        Unended(InputStream body) {
            super(body);
        }

        int whole(int read) throws IOException {
            if (read < 0 && failure != null) {
                throw failure;
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
