package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How many lines of a batch were run (openai-openapi, schema Batch, 2026-08-21). Providers are known to send wrong counts: the
 * result files alone tell what became of a line.
 *
 * @param total the number of lines; null if the provider did not say
 * @param completed the number of lines that succeeded; null if the provider did not say
 * @param failed the number of lines that failed; null if the provider did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchRequestCounts(Integer total, Integer completed, Integer failed) {
}
