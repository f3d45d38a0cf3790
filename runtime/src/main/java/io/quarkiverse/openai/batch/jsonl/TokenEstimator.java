package io.quarkiverse.openai.batch.jsonl;

import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestEncoder;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RuleOfThumb;
import io.quarkiverse.openai.batch.jsonl.internal.encode.Tokenizer;

/**
 * Estimates how many tokens a text of a prompt takes. Providers bound the tokens that may be enqueued by model, and count them
 * only when a batch has been created.
 */
@FunctionalInterface
public interface TokenEstimator {

    /**
     * @param model as on the line; null if it has none
     */
    long tokens(String model, String text);

    /**
     * A quarter of the bytes in UTF-8, rounded up: English has some four characters a token (OpenAI, "What are tokens and how
     * to
     * count them?"), other scripts fewer characters but more bytes. Off by a third either way.
     */
    static TokenEstimator ruleOfThumb() {
        return RuleOfThumb.INSTANCE;
    }

    /**
     * The tokenizer of the model, or OpenAI's latest ({@code o200k_base}) for a model that it does not know. Exact for texts;
     * what
     * the provider adds to a message is estimated. Safe for use by several threads.
     *
     * @throws IllegalStateException without {@code com.knuddels:jtokkit}
     */
    static TokenEstimator tokenizer() {
        try {
            return new Tokenizer();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("Counting tokens needs the dependency com.knuddels:jtokkit", e);
        }
    }

    /** The tokens of all texts of a request's prompt, and some four for each message around them. */
    default long tokens(BatchRequest request) {
        RequestEncoder encoder = new RequestEncoder();
        encoder.encode(request);
        return encoder.promptTokens(this);
    }
}
