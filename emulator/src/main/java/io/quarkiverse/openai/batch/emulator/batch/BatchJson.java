package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/** A batch as the API shows it (OpenAPI document, Batch). */
final class BatchJson {

    private BatchJson() {
    }

    static ObjectNode of(Batch batch) {
        synchronized (batch) {
            BatchSpec spec = batch.spec();
            Validation validation = batch.validation();
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", batch.id());
            json.put("object", "batch");
            json.put("endpoint", spec.endpoint().path());
            json.put("model", validation == null ? null : validation.model());
            json.set("errors", errors(batch));
            json.put("input_file_id", spec.input().id());
            json.put("completion_window", spec.completionWindow());
            json.put("status", batch.status().text());
            json.put("output_file_id", id(batch.outputFile()));
            json.put("error_file_id", id(batch.errorFile()));
            json.put("created_at", batch.createdAt().getEpochSecond());
            putTime(json, "in_progress_at", batch.reachedAt(BatchStatus.IN_PROGRESS));
            putTime(json, "expires_at", batch.expiresAt());
            putTime(json, "finalizing_at", batch.reachedAt(BatchStatus.FINALIZING));
            putTime(json, "completed_at", batch.reachedAt(BatchStatus.COMPLETED));
            putTime(json, "failed_at", batch.reachedAt(BatchStatus.FAILED));
            putTime(json, "expired_at", batch.reachedAt(BatchStatus.EXPIRED));
            putTime(json, "cancelling_at", batch.reachedAt(BatchStatus.CANCELLING));
            putTime(json, "cancelled_at", batch.reachedAt(BatchStatus.CANCELLED));
            json.putObject("request_counts").put("total", validation == null ? 0 : validation.lines())
                    .put("completed", batch.results().completed()).put("failed", batch.results().failed());
            json.set("usage", usage(batch.results()));
            json.set("metadata", spec.metadata());
            return json;
        }
    }

    private static ObjectNode errors(Batch batch) {
        if (batch.errors().isEmpty()) {
            return null;
        }
        ObjectNode errors = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = errors.putArray("data");
        batch.errors().forEach(error -> data.add(error.toJson()));
        return errors;
    }

    private static String id(StoredFile file) {
        return file == null ? null : file.id();
    }

    private static void putTime(ObjectNode json, String name, Instant time) {
        json.put(name, time == null ? null : time.getEpochSecond());
    }

    private static ObjectNode usage(Results results) {
        long input = results.inputTokens();
        long output = results.outputTokens();
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("input_tokens", input);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.put("output_tokens", output);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", input + output);
        return usage;
    }
}
