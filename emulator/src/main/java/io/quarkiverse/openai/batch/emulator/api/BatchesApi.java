package io.quarkiverse.openai.batch.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.batch.Batch;
import io.quarkiverse.openai.batch.emulator.batch.BatchSpec;
import io.quarkiverse.openai.batch.emulator.batch.BatchStore;
import io.quarkiverse.openai.batch.emulator.batch.Deadline;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/** The operations on batches. */
public final class BatchesApi {

    /** How long a request may work on batches; well below the timeouts of clients. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String PURPOSE = "batch";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private final BatchStore batches;
    private final FileStore files;
    private final Supplier<Limits> limits;
    private final Faults faults;

    /** @param faults of listings */
    public BatchesApi(BatchStore batches, FileStore files, Supplier<Limits> limits, Faults faults) {
        this.batches = batches;
        this.files = files;
        this.limits = limits;
        this.faults = faults;
    }

    public Reply create(JsonNode json, String organization, Instant now) {
        CreateBatchBody body = CreateBatchBody.parse(json);
        checkRate(now);
        BatchSpec spec = new BatchSpec(body.endpoint(), input(body.inputFileId(), now), body.completionWindow(),
                body.metadata(), body.outputExpiresAfter(), organization);
        return show(batches.create(spec, now), now);
    }

    private void checkRate(Instant now) {
        int limit = limits.get().batchesPerHour();
        if (limit > 0 && batches.createdInLastHour(now) >= limit) {
            throw new ApiException(429, "requests", "Rate limit reached for batch creation: " + limit
                    + " batches per hour.", null, "rate_limit_exceeded");
        }
    }

    private StoredFile input(String id, Instant now) {
        StoredFile file = files.find(id, now).orElseThrow(() -> noSuchInput(id));
        if (!file.purpose().equals(PURPOSE)) {
            throw ApiException.badRequest("The input file must have the purpose '" + PURPOSE + "', not '" + file.purpose()
                    + "'.", "input_file_id", "invalid_value");
        }
        if (!file.retain()) {
            throw noSuchInput(id);
        }
        return file;
    }

    /** The input file of a new batch does not exist. */
    public static ApiException noSuchInput(String id) {
        return ApiException.badRequest("No such File object: " + id, "input_file_id", null);
    }

    public Reply list(String after, String limit, Instant now) {
        Listing listing = new Listing("batch", faults.nextOfListing(Operation.LIST_BATCHES), after);
        int size = ListQuery.limit(limit, DEFAULT_LIMIT, MAX_LIMIT);
        Batch cursor = listing.cursor().map(id -> find(id, now)).orElse(null);
        Deadline deadline = Deadline.in(PATIENCE);
        return Reply.json(listing.page(batches.list(cursor, listing.fromNewest(true), now)
                .filter(batch -> listing.shows(batch.id(), batch.createdAt(), now)), size,
                batch -> listing.shown(batches.show(batch, now, deadline))));
    }

    public Reply retrieve(String id, Instant now) {
        return show(find(id, now), now);
    }

    public Reply cancel(String id, Instant now) {
        Batch batch = find(id, now);
        return switch (batch.cancel(now)) {
            case ACCEPTED -> show(batch, now);
            case ENDED -> throw refused(409, batch);
            case REPEATED -> throw refused(400, batch);
        };
    }

    private static ApiException refused(int status, Batch batch) {
        return new ApiException(status, "invalid_request_error", "Cannot cancel a batch with status '"
                + batch.status().text() + "'.", null, null);
    }

    private Batch find(String id, Instant now) {
        return batches.find(id, now).orElseThrow(() -> ApiException.noSuchBatch(id));
    }

    private Reply show(Batch batch, Instant now) {
        return Reply.json(batches.show(batch, now, Deadline.in(PATIENCE)));
    }
}
