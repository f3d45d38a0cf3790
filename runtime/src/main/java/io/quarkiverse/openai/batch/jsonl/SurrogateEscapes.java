package io.quarkiverse.openai.batch.jsonl;

import java.util.Arrays;

/**
 * Puts characters in the place of the two escapes that JSON may write them with ({@code \ud83d\ude00}). Python does so by
 * default,
 * and Jackson 2.21 cannot read them in the names of fields.
 */
final class SurrogateEscapes {

    private static final int PAIR_LENGTH = 12;

    private SurrogateEscapes() {
    }

    /** The same JSON without such escapes; the same array if it has none. */
    static byte[] resolve(byte[] json) {
        byte[] resolved = null;
        int size = 0;
        for (int i = 0; i < json.length;) {
            int codePoint = pairAt(json, i);
            if (codePoint >= 0) {
                resolved = resolved == null ? json.clone() : resolved;
                size = Utf8.put(codePoint, resolved, size);
                i += PAIR_LENGTH;
            } else {
                // an escaped backslash escapes nothing itself
                int length = json[i] == '\\' && i + 1 < json.length ? 2 : 1;
                size = resolved == null ? size + length : copy(json, i, length, resolved, size);
                i += length;
            }
        }
        return resolved == null ? json : Arrays.copyOf(resolved, size);
    }

    private static int copy(byte[] json, int from, int length, byte[] resolved, int size) {
        System.arraycopy(json, from, resolved, size, length);
        return size + length;
    }

    private static int pairAt(byte[] json, int i) {
        if (json[i] != '\\' || i + PAIR_LENGTH > json.length) {
            return -1;
        }
        int high = unitAt(json, i);
        int low = unitAt(json, i + PAIR_LENGTH / 2);
        boolean pair = high >= Character.MIN_HIGH_SURROGATE && high <= Character.MAX_HIGH_SURROGATE
                && low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE;
        return pair ? Character.toCodePoint((char) high, (char) low) : -1;
    }

    private static int unitAt(byte[] json, int i) {
        return json[i] == '\\' && json[i + 1] == 'u' ? Utf8.hexAt(json, i + 2) : -1;
    }
}
