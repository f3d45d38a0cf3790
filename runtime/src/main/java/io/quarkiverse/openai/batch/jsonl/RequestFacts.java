package io.quarkiverse.openai.batch.jsonl;

import io.quarkiverse.openai.batch.jsonl.internal.encode.PromptTokens;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.RunParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;

/**
 * What a request line says of itself that decides in which batch it can be, and what it may cost.
 *
 * @param model null if it names none
 * @param embeddingInputs texts to embed; 0 if it is not for embeddings
 * @param promptTokens tokens of its prompt, by estimate
 * @param answerTokens tokens of its answer, by estimate: as many as it may have ({@code max_tokens},
 *        {@code max_completion_tokens}, {@code max_output_tokens}), or else as many as its prompt; none for embeddings and
 *        moderations
 */
public record RequestFacts(String model, long embeddingInputs, long promptTokens, long answerTokens) {

    /**
     * @param line with or without the line feed at its end
     * @throws IllegalArgumentException if it is not one JSON object
     */
    public static RequestFacts of(byte[] line, TokenEstimator estimator) {
        RequestFields fields = new RequestFields();
        if (RunParser.readAlone(line, fields) == null) {
            return of(fields, line, estimator);
        }
        byte[] resolved = SurrogateEscapes.resolve(line.clone());
        RequestFields again = new RequestFields();
        String malformed = RunParser.readAlone(resolved, again);
        if (malformed != null) {
            throw new IllegalArgumentException("The request line is " + malformed);
        }
        return of(again, resolved, estimator);
    }

    private static RequestFacts of(RequestFields fields, byte[] bytes, TokenEstimator estimator) {
        long prompt = PromptTokens.count(estimator, fields, bytes);
        long answer = fields.answerLimit() > 0 ? fields.answerLimit() : prompt;
        return new RequestFacts(fields.model(), fields.embeddingInputs(), prompt, fields.hasAnswerTokens() ? answer : 0);
    }
}
