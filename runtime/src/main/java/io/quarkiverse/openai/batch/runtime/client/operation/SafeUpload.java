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

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.UploadForm;
import io.quarkiverse.openai.batch.runtime.client.operation.KnownUploads.Upload;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.smallrye.mutiny.Uni;

/**
 * Uploads a file. When an attempt leaves open whether the file arrived, the file is looked for before it is sent again from its
 * start. A file with the same name, purpose and exact size, made since the upload began, is adopted if it is the only one and
 * this client did not know it before.
 */
final class SafeUpload {

    private static final Logger LOG = Logger.getLogger(SafeUpload.class);

    /** {@code Date} and {@code created_at} are cut to seconds. */
    private static final Duration GRANULARITY = Duration.ofSeconds(2);

    private static final String OPERATION = "uploadFile";

    private final CallSender sender;
    private final FilePages pages;
    private final KnownUploads known = new KnownUploads();

    SafeUpload(CallSender sender, FilePages pages) {
        this.sender = sender;
        this.pages = pages;
    }

    Uni<Reply<FileObject>> upload(CreateFileRequest given, CallContext call) {
        CreateFileRequest request = given.purpose() == null ? given.withPurpose(dialect().purpose()) : given;
        return Uni.createFrom().item(() -> checkedSize(request.path())).runSubscriptionOn(call.reader()).chain(size -> {
            Upload upload = new Upload(request.filename(), request.purpose(), size);
            known.begin(upload);
            return Uni.createFrom().deferred(new Call(request, upload, call)::run)
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
        long limit = dialect().limits().bytes();
        if (limit > 0 && size > limit) {
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

    private Dialect dialect() {
        return sender.settings().dialect();
    }

    /** One upload with all its attempts. */
    private final class Call {

        private final CreateFileRequest request;
        private final Upload upload;
        private final CallContext call;
        private final Instant begin = Instant.now();
        private volatile boolean open;

        Call(CreateFileRequest request, Upload upload, CallContext call) {
            this.request = request;
            this.upload = upload;
            this.call = call;
        }

        Uni<Reply<FileObject>> run() {
            RetriedCall<Reply<FileObject>> retried = sender.retried(OPERATION, call.options(), this::attempt);
            return retried.run(failure -> Repetition.AS_CONFIGURED)
                    .onFailure(AttemptFailure.class).recoverWithUni(failure -> afterAll((AttemptFailure) failure, retried))
                    .invoke(reply -> known.tell(reply.value().id()));
        }

        private Uni<Reply<FileObject>> attempt(Deadline deadline) {
            return open ? found(deadline).chain(file -> file.map(this::adopted).orElseGet(() -> sent(deadline)))
                    : sent(deadline);
        }

        private Uni<Reply<FileObject>> sent(Deadline deadline) {
            ApiCall<?, FileObject> upload = ApiCall.json(OPERATION, dialect().uploadPath(), Map.of(), FileObject.class,
                    UploadForm.of(request, dialect()));
            return sender.attempt(upload.withTimeout(sender.settings().timeouts().upload()), call, deadline)
                    .onFailure(AttemptFailure.class).invoke(failure -> open |= ((AttemptFailure) failure).isAmbiguous());
        }

        private Uni<Reply<FileObject>> afterAll(AttemptFailure failure, RetriedCall<?> retried) {
            Uni<Optional<FileObject>> found = open && !retried.deadline().remaining().isZero() ? found(retried.deadline())
                    : Uni.createFrom().item(Optional.empty());
            return found.chain(file -> file.map(this::adopted).orElseGet(
                    () -> Uni.createFrom().failure(sender.exception(OPERATION, failure, retried))));
        }

        private Uni<Reply<FileObject>> adopted(FileObject file) {
            LOG.infof("uploadFile of client %s: the answer was lost, the file was found as %s", sender.settings().name(),
                    SafeText.of(file.id(), 100));
            return Uni.createFrom().item(new Reply<>(file, 200, Map.of()));
        }

        /** Empty also if the listing cannot be read: another copy does less harm than a failure. */
        private Uni<Optional<FileObject>> found(Deadline deadline) {
            CallOptions options = call.options();
            CallContext once = call.withOptions(options.withRetry(RetryOptions.none())
                    .withTimeout(deadline.cap(options.timeout().orElse(sender.settings().timeouts().read()))));
            return new ListingSearch<>(cursor -> pages.page(upload.purpose(), cursor, 100, once), begin,
                    clock -> file -> isCandidate(file, clock))
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
