package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/** A batch as the API shows it (OpenAPI document, Batch), distorted as a fault says. */
final class BatchJson {

    private final ExecutedBatch batch;
    private final BatchFault fault;
    private final Instant now;

    BatchJson(ExecutedBatch batch, BatchFault fault, Instant now) {
        this.batch = batch;
        this.fault = fault;
        this.now = now;
    }

    ObjectNode toJson() {
        BatchSpec spec = batch.spec();
        Validation validation = batch.validation();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", batch.id());
        json.put("object", "batch");
        json.put("endpoint", spec.endpoint().path());
        json.put("model", validation == null ? null : validation.model());
        json.set("errors", errors());
        json.put("input_file_id", spec.input().id());
        json.put("completion_window", spec.completionWindow());
        json.put("status", fault.statusText(batch.status().text()));
        json.put("output_file_id", id(batch.files().outputFile()));
        json.put("error_file_id", id(batch.files().errorFile()));
        json.put("created_at", batch.createdAt().getEpochSecond());
        putTime(json, "in_progress_at", BatchStatus.IN_PROGRESS);
        json.put("expires_at", batch.expiresAt().getEpochSecond());
        putTime(json, "finalizing_at", BatchStatus.FINALIZING);
        putTime(json, "completed_at", BatchStatus.COMPLETED);
        putTime(json, "failed_at", BatchStatus.FAILED);
        putTime(json, "expired_at", BatchStatus.EXPIRED);
        putTime(json, "cancelling_at", BatchStatus.CANCELLING);
        putTime(json, "cancelled_at", BatchStatus.CANCELLED);
        json.set("request_counts", counts(validation == null ? 0 : validation.lines()));
        json.set("usage", usage());
        json.set("metadata", spec.metadata());
        json.setAll(fault.fields());
        return json;
    }

    private ObjectNode errors() {
        if (batch.errors().isEmpty()) {
            return null;
        }
        ObjectNode errors = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = errors.putArray("data");
        batch.errors().forEach(error -> data.add(error.toJson()));
        return errors;
    }

    private String id(StoredFile file) {
        boolean late = batch.status().terminal()
                && now.isBefore(batch.reachedAt(batch.status()).plus(fault.fileIdsLag()));
        if (file == null || late) {
            return fault.hasBlankFileIds() ? "" : null;
        }
        return file.id();
    }

    private void putTime(ObjectNode json, String name, BatchStatus state) {
        Instant time = batch.reachedAt(state);
        json.put(name, time == null ? null : time.getEpochSecond());
    }

    private ObjectNode counts(long total) {
        Results results = batch.results();
        if (fault.counts() == null) {
            return counts(total, results.completed(), results.failed());
        }
        return switch (fault.counts()) {
            case ALL_COMPLETED -> counts(total, total, 0L);
            case ALL_FAILED -> counts(total, 0L, total);
            case ZERO -> counts(0L, 0L, 0L);
            case NULL -> counts(null, null, null);
        };
    }

    private static ObjectNode counts(Long total, Long completed, Long failed) {
        return JsonNodeFactory.instance.objectNode().put("total", total).put("completed", completed).put("failed", failed);
    }

    private ObjectNode usage() {
        long input = batch.results().inputTokens();
        long output = batch.results().outputTokens();
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("input_tokens", input);
        usage.putObject("input_tokens_details").put("cached_tokens", batch.results().cachedTokens());
        usage.put("output_tokens", output);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", input + output);
        return usage;
    }
}
