package io.quarkiverse.openai.batch.runtime.job.result;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

/**
 * A result of a chunk.
 *
 * @param line the number of its line in the chunk, counted from 0
 * @param result the result
 */
public record StoredResult(int line, BatchResult result) {
}
