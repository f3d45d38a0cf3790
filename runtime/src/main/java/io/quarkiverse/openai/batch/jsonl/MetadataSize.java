package io.quarkiverse.openai.batch.jsonl;

import java.util.Map;

/**
 * The size of the metadata of a batch or of a request, to compare it with the API's bounds (openai-openapi, schema Metadata,
 * 2026-08-21). Lengths are in characters.
 *
 * @param pairs number of pairs that have a value
 * @param longestKey length of the longest key
 * @param longestValue length of the longest value that is a text
 * @param texts whether all values are texts
 */
public record MetadataSize(int pairs, int longestKey, int longestValue, boolean texts) {

    public static final MetadataSize EMPTY = new MetadataSize(0, 0, 0, true);

    private static final int MAX_KEY_LENGTH = 64;
    private static final int MAX_VALUE_LENGTH = 512;

    /** The size of pairs as they are written: those without a value are left out. */
    public static MetadataSize of(Map<?, ?> metadata) {
        MetadataSize size = EMPTY;
        for (Map.Entry<?, ?> pair : metadata.entrySet()) {
            if (pair.getValue() != null) {
                size = size.with((String) pair.getKey(), pair.getValue() instanceof String text ? text : null);
            }
        }
        return size;
    }

    /**
     * The size with one more pair.
     *
     * @param value null if it is not a text
     */
    public MetadataSize with(String key, String value) {
        return new MetadataSize(pairs + 1, Math.max(longestKey, length(key)),
                Math.max(longestValue, value == null ? 0 : length(value)), texts && value != null);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Null, or the bound that the metadata exceeds: a number of pairs, 64 characters of a key, 512 characters of a value.
     *
     * @param maxPairs 0 for no check
     */
    public String problem(int maxPairs) {
        if (maxPairs == 0) {
            return null;
        }
        if (pairs > maxPairs) {
            return "metadata has " + pairs + " pairs, more than " + maxPairs;
        }
        if (longestKey > MAX_KEY_LENGTH) {
            return "metadata has a key of " + longestKey + " characters, more than " + MAX_KEY_LENGTH;
        }
        if (longestValue > MAX_VALUE_LENGTH) {
            return "metadata has a value of " + longestValue + " characters, more than " + MAX_VALUE_LENGTH;
        }
        return texts ? null : "metadata has a value that is not a text";
    }

    /**
     * @throws IllegalArgumentException if there is a {@link #problem}
     */
    public void check(int maxPairs) {
        String problem = problem(maxPairs);
        if (problem != null) {
            throw new IllegalArgumentException("The " + problem);
        }
    }
}
