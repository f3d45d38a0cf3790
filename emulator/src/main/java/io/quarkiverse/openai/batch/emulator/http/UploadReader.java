package io.quarkiverse.openai.batch.emulator.http;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Upload;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;

/** Reads one multipart upload: the part {@code file} streams to disk, at the pace of the disk. */
final class UploadReader {

    private static final String FILE = "file";
    private static final Pattern BOUNDARY = Pattern.compile("^multipart/form-data.*boundary=\"?[^\";\\s]");
    private static final long LAST_BYTES_MILLIS = 1_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Supplier<Path> newPath;
    private final long maxBytes;
    private final Promise<Void> read = Promise.promise();
    private final Promise<Void> received = Promise.promise();
    private Path path;
    private String filename;
    private Future<Void> written = Future.succeededFuture();
    private boolean paused;

    private UploadReader(Vertx vertx, HttpServerRequest request, Supplier<Path> newPath, long maxBytes) {
        this.vertx = vertx;
        this.request = request;
        this.newPath = newPath;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads a paused request.
     *
     * @param newPath where the file's bytes go
     * @param maxBytes of the file; beyond it the upload fails with 413
     */
    static Future<Upload> read(Vertx vertx, HttpServerRequest request, Supplier<Path> newPath, long maxBytes) {
        return new UploadReader(vertx, request, newPath, maxBytes).read();
    }

    private Future<Upload> read() {
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        if (!BOUNDARY.matcher(type).find()) {
            return Future.failedFuture(ApiException.badRequest(
                    "The body must be multipart/form-data with a boundary.", null, null));
        }
        request.setExpectMultipart(true);
        request.uploadHandler(this::onPart);
        request.exceptionHandler(failure -> {
            read.tryFail(failure);
            received.tryFail(failure);
        });
        request.endHandler(end -> {
            checkEnd();
            read.tryComplete();
        });
        request.resume();
        Future<Void> parsed = read.future().recover(failure -> Future.failedFuture(broken()));
        return parsed.transform(end -> Future.join(parsed, written))
                .map(end -> new Upload(path, filename, fields()))
                .onFailure(failure -> discard());
    }

    /** Once the request has ended, a part that has not, although nothing keeps its bytes back, has no end. */
    private void checkEnd() {
        if (path != null && !received.future().isComplete()) {
            vertx.setTimer(LAST_BYTES_MILLIS, timer -> {
                if (paused) {
                    checkEnd();
                } else {
                    received.tryFail(broken());
                }
            });
        }
    }

    private static ApiException broken() {
        return ApiException.badRequest(
                "We could not parse the multipart body of your request. The part 'file' needs a file name.", null, null);
    }

    private void pause(HttpServerFileUpload part) {
        paused = true;
        part.pause();
    }

    private void resume(HttpServerFileUpload part) {
        paused = false;
        part.resume();
    }

    private void onPart(HttpServerFileUpload part) {
        if (!FILE.equals(part.name()) || path != null || part.filename() == null || part.filename().isBlank()) {
            part.handler(buffer -> {
            });
            return;
        }
        pause(part);
        path = newPath.get();
        filename = part.filename();
        written = vertx.fileSystem().open(path.toString(), new OpenOptions().setCreateNew(true).setRead(false)
                .setPerms(FileStore.knowsOwners(path) ? "rw-------" : null))
                .compose(file -> write(part, file).transform(end -> Future.join(received.future(), file.close())))
                .mapEmpty();
    }

    private Future<Void> write(HttpServerFileUpload part, AsyncFile file) {
        long[] bytes = { 0 };
        part.handler(buffer -> {
            if (received.future().isComplete()) {
                // It failed, and the file is closed; what still comes is dropped.
                return;
            }
            bytes[0] += buffer.length();
            if (bytes[0] > maxBytes) {
                received.fail(ApiException.tooLarge("The file is larger than the maximum of " + maxBytes + " bytes."));
                return;
            }
            file.write(buffer).onFailure(received::tryFail);
            if (file.writeQueueFull()) {
                pause(part);
                file.drainHandler(drained -> resume(part));
            }
        });
        part.exceptionHandler(received::tryFail);
        part.endHandler(received::tryComplete);
        resume(part);
        return received.future();
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        request.formAttributes().forEach(fields::putIfAbsent);
        return fields;
    }

    private void discard() {
        if (path != null) {
            FileStore.discard(path);
        }
    }
}
