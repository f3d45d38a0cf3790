package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.util.Arrays;

/**
 * Puts characters in the place of the two escapes that JSON may write them with ({@code \ud83d\ude00}). Python does so by
 * default,
 * and Jackson 2.21 cannot read them in the names of fields.
 */
public final class SurrogateEscapes {

    static final int UNIT_LENGTH = 6;
    private static final int PAIR_LENGTH = 2 * UNIT_LENGTH;

    private SurrogateEscapes() {
    }

    /** The same JSON without such escapes; the same array if it has none. */
    public static byte[] resolve(byte[] json) {
        byte[] resolved = null;
        int size = 0;
        int copied = 0;
        for (int i = indexOfBackslash(json, 0, json.length); i < json.length; i = indexOfBackslash(json, i, json.length)) {
            int codePoint = pairAt(json, i, json.length);
            if (codePoint < 0) {
                // an escaped backslash escapes nothing itself
                i += 2;
                continue;
            }
            resolved = resolved == null ? new byte[json.length] : resolved;
            System.arraycopy(json, copied, resolved, size, i - copied);
            size = Utf8.put(codePoint, resolved, size + i - copied);
            i += PAIR_LENGTH;
            copied = i;
        }
        if (resolved == null) {
            return json;
        }
        System.arraycopy(json, copied, resolved, size, json.length - copied);
        return Arrays.copyOf(resolved, size + json.length - copied);
    }

    /** Whether JSON has an escape that is half of a surrogate pair, and so no text that UTF-8 can carry. */
    public static boolean hasHalf(byte[] json, int from, int to) {
        for (int i = indexOfBackslash(json, from, to); i < to; i = indexOfBackslash(json, i, to)) {
            int unit = unitAt(json, i, to);
            boolean half = unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
            if (half && pairAt(json, i, to) < 0) {
                return true;
            }
            i += half ? PAIR_LENGTH : 2;
        }
        return false;
    }

    private static int indexOfBackslash(byte[] json, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES) {
            long match = EightBytes.backslash((long) EightBytes.LONGS.get(json, i));
            if (match != 0) {
                return i + EightBytes.indexOfFirst(match);
            }
            i += Long.BYTES;
        }
        while (i < to && json[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The character whose two escapes begin at an index; -1 if there are no two, or they make none. */
    static int pairAt(byte[] json, int i, int to) {
        int high = unitAt(json, i, to);
        int low = unitAt(json, i + UNIT_LENGTH, to);
        boolean pair = high >= Character.MIN_HIGH_SURROGATE && high <= Character.MAX_HIGH_SURROGATE
                && low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE;
        return pair ? Character.toCodePoint((char) high, (char) low) : -1;
    }

    /** The value of the escape that begins at an index; negative if there is none. */
    static int unitAt(byte[] json, int i, int to) {
        return i + UNIT_LENGTH <= to && json[i] == '\\' && json[i + 1] == 'u' ? Utf8.hexAt(json, i + 2) : -1;
    }
}
