package io.quarkiverse.openai.batch.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.NewFile;

/** Compresses replies. */
final class Gzip {

    private Gzip() {
    }

    /** The reply with a compressed body; that of a file is kept in the store until the reply is released. Blocks. */
    static Reply of(Reply reply, FileStore files) throws IOException {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("Content-Encoding", "gzip");
        if (reply.file() == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compress(new ByteArrayInputStream(reply.bytes()), bytes);
            return new Reply(reply.status(), headers, bytes.toByteArray(), null);
        }
        Path path = files.newPath();
        try {
            compress(Files.newInputStream(reply.file().path()), Files.newOutputStream(path));
        } finally {
            reply.release();
        }
        return new Reply(reply.status(), headers, null, files.unlisted(new NewFile("", "", path, null, null)));
    }

    private static void compress(InputStream from, OutputStream to) throws IOException {
        try (from; OutputStream compressed = new GZIPOutputStream(to)) {
            from.transferTo(compressed);
        }
    }
}
