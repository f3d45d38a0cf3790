package io.quarkiverse.openai.batch.model;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * A file at a provider (openai-openapi, schema OpenAIFile, 2026-08-21). Every component may be null.
 *
 * @param id the id of the file
 * @param object always {@code file} at OpenAI
 * @param bytes the size in bytes
 * @param createdAt when the file was uploaded or written
 * @param expiresAt when the provider will delete the file; null if never or unknown
 * @param filename the name given at upload
 * @param purpose what the file is for, such as {@code batch} or {@code batch_output}
 * @param status deprecated at OpenAI, where its own examples leave it out
 * @param statusDetails deprecated at OpenAI
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileObject(
        String id,
        String object,
        Long bytes,
        @JsonProperty("created_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant createdAt,
        @JsonProperty("expires_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant expiresAt,
        String filename,
        String purpose,
        String status,
        @JsonProperty("status_details") String statusDetails) {

    public FileObject {
        id = Lenient.id(id);
    }
}
