package io.quarkiverse.openai.batch.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * A batch as a provider describes it (openai-openapi, schema Batch, 2026-08-21). Only what the provider sent is there: every
 * component but the collections may be null. Together's own names for some fields are read too.
 *
 * @param id the id of the batch
 * @param object always {@code batch} at OpenAI
 * @param endpoint the endpoint that the lines are run against, as a path
 * @param model the model that the lines are run with
 * @param errors what was wrong with the input file; empty if nothing was
 * @param inputFileId the id of the input file
 * @param completionWindow the time within which the batch is to be done, such as {@code 24h}
 * @param statusText the status as the provider wrote it; see {@link #status()}
 * @param outputFileId the id of the file with the answers of the lines that succeeded; null if there is none (yet)
 * @param errorFileId the id of the file with the lines that failed; null if there is none (yet)
 * @param createdAt when the batch was created
 * @param inProgressAt when the first line was run
 * @param expiresAt when the batch will expire
 * @param finalizingAt when the last line had been run
 * @param completedAt when the result files were ready
 * @param failedAt when the input file was refused
 * @param expiredAt when the batch expired
 * @param cancellingAt when the batch was asked to stop
 * @param cancelledAt when the batch had stopped
 * @param requestCounts how many lines were run; a hint, never a proof that all succeeded
 * @param usage the tokens of the whole batch; OpenAI sends it for batches created after 2025-09-07
 * @param metadata the pairs given at creation; empty if none were
 * @param additionalProperties the fields that are none of the above, by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Batch(
        String id,
        String object,
        String endpoint,
        @JsonAlias("model_id") String model,
        @JsonAlias("error") @JsonDeserialize(using = BatchErrorsDeserializer.class) List<BatchError> errors,
        @JsonProperty("input_file_id") String inputFileId,
        @JsonProperty("completion_window") String completionWindow,
        @JsonProperty("status") String statusText,
        @JsonProperty("output_file_id") String outputFileId,
        @JsonProperty("error_file_id") String errorFileId,
        @JsonProperty("created_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant createdAt,
        @JsonProperty("in_progress_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant inProgressAt,
        @JsonProperty("expires_at") @JsonAlias("job_deadline") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant expiresAt,
        @JsonProperty("finalizing_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant finalizingAt,
        @JsonProperty("completed_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant completedAt,
        @JsonProperty("failed_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant failedAt,
        @JsonProperty("expired_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant expiredAt,
        @JsonProperty("cancelling_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant cancellingAt,
        @JsonProperty("cancelled_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant cancelledAt,
        @JsonProperty("request_counts") BatchRequestCounts requestCounts,
        BatchUsage usage,
        @JsonDeserialize(using = MetadataDeserializer.class) Map<String, String> metadata,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Batch {
        id = Lenient.id(id);
        inputFileId = Lenient.id(inputFileId);
        outputFileId = Lenient.id(outputFileId);
        errorFileId = Lenient.id(errorFileId);
        errors = Lenient.items(errors);
        metadata = Lenient.pairs(metadata);
        additionalProperties = Lenient.pairs(additionalProperties);
    }

    /** Where the batch stands; {@link BatchStatus#UNKNOWN} if the provider wrote a status that this version does not know. */
    public BatchStatus status() {
        return BatchStatus.of(statusText);
    }
}
