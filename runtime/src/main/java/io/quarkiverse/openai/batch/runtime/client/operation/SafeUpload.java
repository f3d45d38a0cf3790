package io.quarkiverse.openai.batch.runtime.client.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.operation.KnownUploads.Upload;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.smallrye.mutiny.Uni;

/**
 * Uploads a file. When an attempt leaves open whether the file arrived, it is looked for before it is sent again from its
 * start: a file with its name, purpose and exact size, made since the upload began, is it, if there is just one and it is none
 * that this client knows already.
 */
final class SafeUpload {

    private static final Logger LOG = Logger.getLogger(SafeUpload.class);

    /** {@code Date} and {@code created_at} are cut to seconds. */
    private static final Duration GRANULARITY = Duration.ofSeconds(2);

    private final CallSender exchange;
    private final FileOperations files;
    private final KnownUploads known = new KnownUploads();

    SafeUpload(CallSender exchange, FileOperations files) {
        this.exchange = exchange;
        this.files = files;
    }

    Uni<Reply<FileObject>> upload(CreateFileRequest request, CallOptions options, Executor reader) {
        return Uni.createFrom().item(() -> checkedSize(request.path())).runSubscriptionOn(reader).chain(size -> {
            Upload upload = new Upload(request.filename(), request.purpose(), size);
            known.begin(upload);
            return Uni.createFrom().deferred(new Call(request, upload, options, reader)::run)
                    .onTermination().invoke(() -> known.end(upload));
        });
    }

    private long checkedSize(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("The file %s cannot be read: it does not exist, or is not a file"
                    .formatted(file));
        }
        long size = size(file);
        if (size == 0) {
            throw new IllegalArgumentException("The file %s is empty: a batch needs at least one line".formatted(file));
        }
        long limit = exchange.settings().dialect().limits().bytes();
        if (size > limit) {
            throw new IllegalArgumentException("The file %s has %d bytes, the provider takes %d: split it"
                    .formatted(file, size, limit));
        }
        return size;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One upload with all its attempts. */
    private final class Call {

        private final CreateFileRequest request;
        private final Upload upload;
        private final CallOptions options;
        private final Executor reader;
        private final Instant begin = Instant.now();
        private volatile boolean open;

        Call(CreateFileRequest request, Upload upload, CallOptions options, Executor reader) {
            this.request = request;
            this.upload = upload;
            this.options = options;
            this.reader = reader;
        }

        Uni<Reply<FileObject>> run() {
            RetriedCall<Reply<FileObject>> call = exchange.retried("createFile", options, this::attempt);
            return call.run(failure -> Repetition.AS_CONFIGURED)
                    .onFailure(AttemptFailure.class).recoverWithUni(failure -> afterAll((AttemptFailure) failure, call))
                    .invoke(reply -> known.tell(reply.value().id()));
        }

        private Uni<Reply<FileObject>> attempt(Deadline deadline) {
            return open ? found(deadline).chain(file -> file.map(this::adopted).orElseGet(() -> sent(deadline)))
                    : sent(deadline);
        }

        private Uni<Reply<FileObject>> sent(Deadline deadline) {
            return exchange.attempt(files.uploadCall(request), options, exchange.settings().timeouts().upload(), deadline,
                    reader).onFailure(AttemptFailure.class).invoke(failure -> open |= ((AttemptFailure) failure).isAmbiguous());
        }

        private Uni<Reply<FileObject>> afterAll(AttemptFailure failure, RetriedCall<?> call) {
            Uni<Optional<FileObject>> found = open && !call.deadline().remaining().isZero() ? found(call.deadline())
                    : Uni.createFrom().item(Optional.empty());
            return found.chain(file -> file.map(this::adopted).orElseGet(
                    () -> Uni.createFrom().failure(exchange.exception("createFile", failure, call))));
        }

        private Uni<Reply<FileObject>> adopted(FileObject file) {
            LOG.infof("createFile of client %s: the answer was lost, the file was found as %s", exchange.settings().name(),
                    SafeText.of(file.id(), 100));
            return Uni.createFrom().item(new Reply<>(file, 200, Map.of()));
        }

        /** Empty also if the listing cannot be read: another copy does less harm than a failure. */
        private Uni<Optional<FileObject>> found(Deadline deadline) {
            CallOptions once = options.retry(RetryOptions.none())
                    .timeout(deadline.cap(options.timeout().orElse(exchange.settings().timeouts().read())));
            return new ListingSearch<>(cursor -> files.page(upload.purpose(), cursor, 100, once, reader),
                    FileObject::createdAt, begin, clock -> file -> isCandidate(file, clock))
                    .find(false).map(this::onlyOne).onFailure().recoverWithItem(Optional.empty());
        }

        private boolean isCandidate(FileObject file, ServerClock clock) {
            return new Upload(file.filename(), file.purpose(), file.bytes() == null ? -1 : file.bytes()).equals(upload)
                    && file.id() != null && file.createdAt() != null
                    && clock.at(begin).filter(start -> !file.createdAt().isBefore(start.minus(GRANULARITY))).isPresent();
        }

        private Optional<FileObject> onlyOne(List<FileObject> candidates) {
            List<FileObject> unknown = candidates.stream().filter(file -> !known.isTold(file.id())).toList();
            return unknown.size() == 1 && known.isAlone(upload) ? Optional.of(unknown.get(0)) : Optional.empty();
        }
    }
}
