package io.quarkiverse.openai.batch.endurance.tried;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Speaks to an emulator byte by byte. Texts are ISO 8859-1. */
final class Wire {

    /** In the place of a status: the connection was closed without one. */
    static final String CLOSED = "closed";
    /** In the place of a status: nothing came in the time that was allowed. */
    static final String SILENT = "silent";
    private static final int MILLIS = 30_000;
    private static final int ENOUGH = 64 << 10;

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /** Sends a text; the connection is to be closed. */
    Socket open(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(MILLIS);
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // It is refused before its end; the answer may still be read.
        }
        return socket;
    }

    /** The status of the answer to a text. */
    String status(String text) throws IOException {
        String line = answer(text).lines().findFirst().orElse(CLOSED);
        return line.startsWith("HTTP/") ? line.split(" ")[1] : line;
    }

    /** The answer to a text, as far as 64 KiB. */
    String answer(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = open(text); InputStream stream = socket.getInputStream()) {
            byte[] bytes = new byte[8_192];
            for (int read = stream.read(bytes); read >= 0 && answer.size() < ENOUGH; read = stream.read(bytes)) {
                answer.write(bytes, 0, read);
            }
        } catch (SocketTimeoutException e) {
            return answer.size() == 0 ? SILENT : answer.toString(StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** A request of the API with its key, that closes its connection. */
    String request(String line, String headers, String body) {
        return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer k\r\nConnection: close\r\n" + headers
                + (body == null ? "\r\n" : "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Whether the API is served. */
    boolean serves() throws IOException {
        return status(request("GET /v1/batches", "", null)).equals("200")
                && status(request("GET /v1/files", "", null)).equals("200");
    }
}
