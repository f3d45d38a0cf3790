package io.quarkiverse.openai.batch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;

/** Files of requests. */
final class Requests {

    /** So many that a batch is still being run when somebody cancels it. */
    static final int MANY = 20_000;

    private Requests() {
    }

    /** The n-th asks {@code "Question n"}, under the id {@code "n"}. */
    static Path file(Path directory, int count) {
        return write(directory, Stream.iterate(1, n -> n + 1).limit(count)
                .map(n -> BatchRequest.chat(Integer.toString(n), "gpt-6-luna", "Question " + n)));
    }

    static Path write(Path directory, Stream<BatchRequest> requests) {
        try {
            Path file = Files.createTempDirectory(directory, "requests").resolve("questions.jsonl");
            return RequestWriter.withLimits(LineLimits.OPENAI).write(requests, file).path();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
