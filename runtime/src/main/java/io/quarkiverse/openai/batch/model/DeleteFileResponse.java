package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The receipt for a deleted file (openai-openapi, schema DeleteFileResponse, 2026-08-21).
 *
 * @param id the id of the file; may be null
 * @param object always {@code file} at OpenAI; may be null
 * @param deleted whether the file is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeleteFileResponse(String id, String object, boolean deleted) {
}
