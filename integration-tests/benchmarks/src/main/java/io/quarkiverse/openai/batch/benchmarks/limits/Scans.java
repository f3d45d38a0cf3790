package io.quarkiverse.openai.batch.benchmarks.limits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;

/** Readers that make no objects: a lower bound for every reader on the same parser. */
public final class Scans {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Scans() {
    }

    /** Finds every token, and makes no text or number of it. */
    public static Tally tokens(Path file) throws IOException {
        long lines = 0;
        try (JsonParser parser = FACTORY.createParser(Files.newInputStream(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_OBJECT && parser.getParsingContext().inRoot()) {
                    lines++;
                }
            }
        }
        return new Tally(lines, 0, 0);
    }

    public static Tally newlines(Path file) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                lines += newlines(buffer, length);
            }
        }
        return new Tally(lines, 0, 0);
    }

    private static int newlines(byte[] buffer, int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += buffer[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
