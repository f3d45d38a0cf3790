package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * The measures of a body's {@code metadata}.
 *
 * @param texts whether all values are texts
 */
record MetadataFields(int pairs, int longestKey, int longestValue, boolean texts) {

    private static final int MAX_PAIRS = 16;
    private static final int MAX_KEY_LENGTH = 64;
    private static final int MAX_VALUE_LENGTH = 512;

    /** Reads the next value; null if it is no object. */
    static MetadataFields read(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return null;
        }
        int pairs = 0;
        int longestKey = 0;
        int longestValue = 0;
        boolean texts = true;
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            boolean isText = p.nextToken() == JsonToken.VALUE_STRING;
            texts &= isText;
            longestValue = Math.max(longestValue, isText ? length(p.text()) : 0);
            longestKey = Math.max(longestKey, length(key));
            pairs++;
            p.skipChildren();
        }
        return new MetadataFields(pairs, longestKey, longestValue, texts);
    }

    /** Of pairs as they are written, those without a value left out. */
    static MetadataFields of(Map<?, ?> metadata) {
        int pairs = 0;
        int longestKey = 0;
        int longestValue = 0;
        boolean texts = true;
        for (Map.Entry<?, ?> pair : metadata.entrySet()) {
            if (pair.getValue() != null) {
                boolean isText = pair.getValue() instanceof String;
                texts &= isText;
                longestValue = Math.max(longestValue, isText ? length((String) pair.getValue()) : 0);
                longestKey = Math.max(longestKey, length((String) pair.getKey()));
                pairs++;
            }
        }
        return new MetadataFields(pairs, longestKey, longestValue, texts);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Null, or what is beyond the bounds (openai-openapi, schema Metadata, 2026-08-21). */
    String problem() {
        if (pairs > MAX_PAIRS) {
            return "metadata has " + pairs + " pairs, more than " + MAX_PAIRS;
        }
        if (longestKey > MAX_KEY_LENGTH) {
            return "metadata has a key of " + longestKey + " characters, more than " + MAX_KEY_LENGTH;
        }
        if (longestValue > MAX_VALUE_LENGTH) {
            return "metadata has a value of " + longestValue + " characters, more than " + MAX_VALUE_LENGTH;
        }
        return texts ? null : "metadata has a value that is no text";
    }
}
