package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is wrong with an input file (openai-openapi, schema Batch, 2026-08-21).
 *
 * @param code the machine-readable code, such as {@code token_limit_exceeded}; may be null
 * @param message the text for people; may be null
 * @param param the parameter at fault; may be null
 * @param line the line of the input file, counted from 1; null if no single line is at fault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchError(String code, String message, String param, Integer line) {
}
