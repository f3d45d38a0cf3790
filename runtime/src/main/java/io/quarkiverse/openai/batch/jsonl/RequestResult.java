package io.quarkiverse.openai.batch.jsonl;

/**
 * A request and what became of it.
 *
 * @param result {@link Outcome#MISSING} if no line of the result files answers it
 */
public record RequestResult(BatchRequest request, BatchResult result) {
}
