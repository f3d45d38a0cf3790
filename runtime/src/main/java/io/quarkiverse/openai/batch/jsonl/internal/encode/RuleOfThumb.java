package io.quarkiverse.openai.batch.jsonl.internal.encode;

import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.internal.json.Utf8;

/** Estimates tokens by the bytes of a text. */
public final class RuleOfThumb implements TokenEstimator {

    public static final RuleOfThumb INSTANCE = new RuleOfThumb();

    private static final int BYTES_A_TOKEN = 4;

    private RuleOfThumb() {
    }

    @Override
    public long tokens(String model, String text) {
        return ofBytes(Utf8.length(text));
    }

    /**
     * @param bytes of a text in UTF-8
     */
    static long ofBytes(long bytes) {
        return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
