package io.quarkiverse.openai.batch.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.openai.batch.emulator.batch.BatchStore;
import io.quarkiverse.openai.batch.emulator.batch.Deadline;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.NewFile;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/** The operations on files. */
public final class FilesApi {

    private static final List<String> PURPOSES = List.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");
    private static final String BATCH = "batch";
    private static final int MAX_LIMIT = 10_000;
    private static final Duration BATCH_RETENTION = Duration.ofDays(30);

    private final FileStore files;
    private final BatchStore batches;
    private final Faults faults;

    /** @param faults of listings */
    public FilesApi(FileStore files, BatchStore batches, Faults faults) {
        this.files = files;
        this.batches = batches;
        this.faults = faults;
    }

    /** Stores an upload; its bytes belong to the store then, or are left to the caller if this fails. */
    public Reply create(Upload upload, Instant now) {
        String purpose = purpose(upload.fields().get("purpose"));
        if (upload.path() == null) {
            throw ApiException.badRequest("'file' is a required property: a part of that name, with a file name.", "file",
                    "missing_required_parameter");
        }
        if (purpose.equals(BATCH) && !upload.filename().toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
            throw ApiException.badRequest("Invalid file format for Batch API. Must be .jsonl", null, null);
        }
        NewFile file = new NewFile(upload.filename(), purpose, upload.path(), now, expiresAt(upload, purpose, now));
        return Reply.json(files.add(file).toJson());
    }

    private static String purpose(String purpose) {
        if (purpose == null || purpose.isEmpty()) {
            throw ApiException.badRequest("'purpose' is a required property", "purpose", "missing_required_parameter");
        }
        if (!PURPOSES.contains(purpose)) {
            throw ApiException.badRequest("Invalid value for purpose. Supported values are: " + String.join(", ", PURPOSES)
                    + ".", "purpose", "invalid_value");
        }
        return purpose;
    }

    private static Instant expiresAt(Upload upload, String purpose, Instant now) {
        String anchor = upload.field("expires_after", "anchor");
        String seconds = upload.field("expires_after", "seconds");
        if (anchor != null || seconds != null) {
            return now.plusSeconds(Expiry.seconds("expires_after", anchor, seconds));
        }
        return purpose.equals(BATCH) ? now.plus(BATCH_RETENTION) : null;
    }

    public Reply list(String purpose, String order, String after, String limit, Instant now) {
        Listing listing = new Listing("file", faults.nextOfListing(Operation.LIST_FILES), after);
        int size = ListQuery.limit(limit, MAX_LIMIT, MAX_LIMIT);
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw ApiException.badRequest("Invalid value for 'order'. Supported values are: 'asc', 'desc'.", "order",
                    "invalid_value");
        }
        // Output files come into being when their batches are looked at.
        batches.advanceAll(now, Deadline.in(BatchesApi.PATIENCE));
        StoredFile cursor = listing.cursor().map(id -> find(id, now)).orElse(null);
        return Reply.json(listing.page(files.list(cursor, listing.fromNewest(!"asc".equals(order)), now)
                .filter(file -> purpose == null || file.purpose().equals(purpose))
                .filter(file -> listing.shows(file.id(), file.createdAt(), now)), size, StoredFile::toJson));
    }

    public Reply retrieve(String id, Instant now) {
        return Reply.json(find(id, now).toJson());
    }

    public Reply delete(String id, Instant now) {
        StoredFile file = find(id, now);
        if (!files.remove(file)) {
            throw ApiException.noSuchFile(id);
        }
        return Reply.json(JsonNodeFactory.instance.objectNode().put("id", id).put("object", "file").put("deleted", true));
    }

    public Reply content(String id, Instant now) {
        StoredFile file = find(id, now);
        if (!file.retain()) {
            throw ApiException.noSuchFile(id);
        }
        return Reply.content(file);
    }

    private StoredFile find(String id, Instant now) {
        return files.find(id, now).orElseThrow(() -> ApiException.noSuchFile(id));
    }
}
