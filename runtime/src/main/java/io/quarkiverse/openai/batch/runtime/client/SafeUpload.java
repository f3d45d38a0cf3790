package io.quarkiverse.openai.batch.runtime.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.FileObject;
import io.smallrye.mutiny.Uni;

/** Uploads a file after checking what can be checked before. */
final class SafeUpload {

    private final Exchange exchange;
    private final FileOperations files;

    SafeUpload(Exchange exchange, FileOperations files) {
        this.exchange = exchange;
        this.files = files;
    }

    Uni<Reply<FileObject>> upload(CreateFileRequest request, CallOptions options, Executor reader) {
        check(request.path(), exchange.settings().dialect().limits().bytes());
        return exchange.send(files.uploadCall(request), options, exchange.settings().timeouts().upload(), reader);
    }

    private static void check(Path file, long limit) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("The file %s cannot be read: it does not exist, or is not a file"
                    .formatted(file));
        }
        long size = size(file);
        if (size == 0) {
            throw new IllegalArgumentException("The file %s is empty: a batch needs at least one line".formatted(file));
        }
        if (size > limit) {
            throw new IllegalArgumentException("The file %s has %d bytes, the provider takes %d: split it"
                    .formatted(file, size, limit));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
