package io.quarkiverse.openai.batch.runtime.job.openai;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.model.ModelObject;
import io.quarkiverse.openai.batch.runtime.client.operation.Page;
import io.quarkiverse.openai.batch.runtime.client.operation.ServerClock;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;

/** OpenAI's protocol, over the services of a client. */
public final class OpenAiProvider implements BatchProvider {

    private static final int PAGE_SIZE = 100;
    /** Of a listing, which may have no end; some providers have 20 on a page, OpenAI 10,000. */
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_FILES = 50_000;

    private final BatchService batches;
    private final FileService files;
    private final String purpose;
    private final Runnable requireKey;
    private final Function<String, ModelObject> models;

    /**
     * @param purpose of uploaded requests
     * @param requireKey throws a ConfigurationException if no call could be sent
     */
    public OpenAiProvider(BatchService batches, FileService files, String purpose, Runnable requireKey) {
        this(batches, files, purpose, requireKey, model -> new ModelObject(model, null));
    }

    /**
     * @param models retrieves a model
     */
    public OpenAiProvider(BatchService batches, FileService files, String purpose, Runnable requireKey,
            Function<String, ModelObject> models) {
        this.models = models;
        this.requireKey = requireKey;
        this.batches = batches;
        this.files = files;
        this.purpose = purpose;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.ALL;
    }

    @Override
    public void requireReady() {
        requireKey.run();
    }

    @Override
    public String upload(Path requests, String name) {
        FileObject file = call(() -> files.uploadFile(CreateFileRequest.of(requests).withFilename(name)));
        if (file.id() == null) {
            throw new ProviderException(Kind.TRANSIENT, "The answer to the upload of %s has no id".formatted(name), null, null);
        }
        return file.id();
    }

    @Override
    public List<RemoteFile> files(Set<String> names) {
        List<RemoteFile> found = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        int read = 0;
        do {
            Page<FileObject> page = filesAt(cursor);
            page.items().stream().filter(file -> file.id() != null && names.contains(file.filename()))
                    .map(OpenAiProvider::file).forEach(found::add);
            read += page.items().size();
            cursor = page.next();
            if (cursor != null && !cursors.add(cursor)) {
                throw unsupported("goes in a circle", read);
            }
            if (cursor != null && (cursors.size() >= MOST_PAGES || read >= MOST_FILES)) {
                throw unsupported("has not ended", read);
            }
        } while (cursor != null);
        return found;
    }

    private static ProviderException unsupported(String what, int read) {
        return new ProviderException(Kind.UNSUPPORTED, "The listing of files %s after %d files".formatted(what, read), null,
                null);
    }

    private Page<FileObject> filesAt(String cursor) {
        try {
            return Page.of(files.listFiles(purpose, cursor, null));
        } catch (BatchApiException e) {
            throw Failure.ofListing(e);
        }
    }

    private static RemoteFile file(FileObject file) {
        return new RemoteFile(file.id(), file.filename(), file.bytes());
    }

    @Override
    public RemoteBatch create(NewBatch batch) {
        CreateBatchRequest request = CreateBatchRequest.of(batch.file(), Endpoint.of(batch.endpoint()))
                .withMetadata(batch.metadata());
        Batch created = call(() -> batches
                .createBatch(batch.window() == null ? request : request.withCompletionWindow(batch.window())));
        if (created.id() == null) {
            throw new ProviderException(Kind.OPEN, "The answer to the create of a batch has no id", null, null);
        }
        return BatchView.of(created);
    }

    @Override
    public BatchPage list(String cursor) {
        Instant now = Instant.now();
        ApiResult<ListBatchesResponse> answer = batches.withResponse().listBatches(cursor, PAGE_SIZE);
        if (answer instanceof ApiResult.Failed<ListBatchesResponse> failed) {
            throw Failure.ofListing(failed.error());
        }
        Page<Batch> page = Page.of(call(answer::orElseThrow));
        List<RemoteBatch> items = new ArrayList<>();
        page.items().stream().filter(batch -> batch.id() != null).map(BatchView::of).forEach(items::add);
        return new BatchPage(items, page.next(), ServerClock.of(answer.headers(), now).at(now).orElse(null));
    }

    @Override
    public RemoteBatch retrieve(String batch) {
        return BatchView.of(call(() -> batches.retrieveBatch(batch)));
    }

    @Override
    public void stop(String batch) {
        call(() -> batches.cancelBatch(batch));
    }

    @Override
    public RemoteFile file(String file) {
        return file(call(() -> files.retrieveFile(file)));
    }

    @Override
    public InputStream content(String file) {
        return call(() -> files.fileContent(file));
    }

    @Override
    public void delete(String file) {
        try {
            call(() -> files.deleteFile(file));
        } catch (ProviderException e) {
            if (!e.kind().isAbsent()) {
                throw e;
            }
        }
    }

    @Override
    public Optional<LocalDate> end(String model) {
        return Optional.ofNullable(models.apply(model).shutdownDate()).map(LocalDate::parse);
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (BatchApiException e) {
            throw Failure.of(e);
        }
    }
}
