package io.quarkiverse.openai.batch.jsonl;

import java.nio.file.Path;

/**
 * An input file as it was written.
 *
 * @param path null if it was written to a channel
 * @param lines the requests in it
 * @param bytes its size
 * @param embeddingInputs the texts to embed in it
 * @param tokens of its prompts by estimate; 0 if they were not estimated
 * @param answerTokens tokens of its answers by estimate, as {@link RequestLines#answerTokens()} sums them up
 * @param model that of its first request that has one; null if none has
 * @param sha256 of its bytes, in hexadecimal
 */
public record RequestFile(Path path, long lines, long bytes, long embeddingInputs, long tokens, long answerTokens,
        String model, String sha256) {
}
