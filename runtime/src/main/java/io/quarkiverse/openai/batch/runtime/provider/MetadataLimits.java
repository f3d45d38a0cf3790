package io.quarkiverse.openai.batch.runtime.provider;

import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.PlainText;

/** Up to 16 pairs, keys of up to 64 and values of up to 512 characters (openai-openapi, schema Metadata, 2026-08-21). */
public final class MetadataLimits {

    private static final int KEY_LENGTH = 64;
    private static final int VALUE_LENGTH = 512;

    private MetadataLimits() {
    }

    /**
     * @throws IllegalArgumentException if the metadata breaks a limit
     */
    public static void check(Map<String, String> metadata, Limits limits) {
        if (limits.metadata() == 0) {
            return;
        }
        if (metadata.size() > limits.metadata()) {
            throw new IllegalArgumentException("The metadata of a batch can have %d pairs, not %d"
                    .formatted(limits.metadata(), metadata.size()));
        }
        metadata.forEach(MetadataLimits::check);
    }

    private static void check(String key, String value) {
        if (key.length() > KEY_LENGTH) {
            throw new IllegalArgumentException("The metadata key \"%s…\" has %d characters, %d are allowed"
                    .formatted(PlainText.of(key, 20), key.length(), KEY_LENGTH));
        }
        if (value.length() > VALUE_LENGTH) {
            throw new IllegalArgumentException("The metadata value of \"%s\" has %d characters, %d are allowed"
                    .formatted(PlainText.of(key, KEY_LENGTH), value.length(), VALUE_LENGTH));
        }
    }
}
