package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;

/** A batch of somebody else: it has no lines, and stays as it is unless it is cancelled. */
final class ForeignBatch implements Batch {

    private static final int LINES = 100;

    private final String id;
    private final Instant createdAt;
    private final Pace pace;
    private BatchStatus status;
    private Instant cancellingAt;

    ForeignBatch(String id, Instant createdAt, BatchStatus status, Pace pace) {
        this.id = id;
        this.createdAt = createdAt;
        this.status = status;
        this.pace = pace;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Instant createdAt() {
        return createdAt;
    }

    @Override
    public Duration listingLag() {
        return Duration.ZERO;
    }

    @Override
    public Duration retrievalLag() {
        return Duration.ZERO;
    }

    @Override
    public boolean foreign() {
        return true;
    }

    @Override
    public synchronized void advance(Instant now, Deadline deadline) {
        if (cancellingAt != null && !now.isBefore(cancellingAt.plus(pace.step()))) {
            status = BatchStatus.CANCELLED;
        }
    }

    @Override
    public synchronized BatchStatus status() {
        return status;
    }

    @Override
    public synchronized Cancellation cancel(Instant now) {
        advance(now, Deadline.NONE);
        if (status.terminal()) {
            return Cancellation.ENDED;
        }
        if (cancellingAt == null) {
            cancellingAt = now;
            status = BatchStatus.CANCELLING;
        }
        return Cancellation.ACCEPTED;
    }

    @Override
    public void discard() {
        // It holds nothing.
    }

    @Override
    public synchronized ObjectNode toJson(Instant now, boolean truth) {
        long created = createdAt.getEpochSecond();
        int done = status == BatchStatus.COMPLETED ? LINES : 0;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("object", "batch");
        json.put("endpoint", Endpoint.CHAT_COMPLETIONS.path());
        json.putNull("errors");
        json.put("input_file_id", fileId("input"));
        json.put("completion_window", "24h");
        json.put("status", status.text());
        json.put("output_file_id", done > 0 ? fileId("output") : null);
        json.putNull("error_file_id");
        json.put("created_at", created);
        json.put("in_progress_at", created);
        json.put("expires_at", createdAt.plus(COMPLETION_WINDOW).getEpochSecond());
        json.put("finalizing_at", done > 0 ? (Long) created : null);
        json.put("completed_at", done > 0 ? (Long) created : null);
        json.put("failed_at", status == BatchStatus.FAILED ? (Long) created : null);
        json.put("expired_at", status == BatchStatus.EXPIRED ? createdAt.plus(COMPLETION_WINDOW).getEpochSecond() : null);
        json.put("cancelling_at", cancellingAt == null ? null : cancellingAt.getEpochSecond());
        json.put("cancelled_at", status == BatchStatus.CANCELLED ? cancelledAt().getEpochSecond() : null);
        json.putObject("request_counts").put("total", LINES).put("completed", done).put("failed", 0);
        json.putObject("metadata").put("owner", "somebody else");
        return json;
    }

    private Instant cancelledAt() {
        return cancellingAt == null ? createdAt : cancellingAt.plus(pace.step());
    }

    private String fileId(String kind) {
        return "file-" + Hash64.hex(Hash64.of(id + kind));
    }
}
