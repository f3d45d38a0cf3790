package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.nio.charset.StandardCharsets;

/** Strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF), which Jackson checks only in part. */
public final class Utf8 {

    /** The high bits of the first byte, by how many follow it. */
    private static final int[] FIRST = { 0, 0xC0, 0xE0, 0xF0 };

    private static final byte[] DIGITS = new byte[0x80];

    static {
        for (int c = 0; c < DIGITS.length; c++) {
            DIGITS[c] = (byte) Character.digit(c, 16);
        }
    }

    private Utf8() {
    }

    /** The index of the first byte that begins no valid sequence, or -1. */
    public static int indexOfInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (i <= to - Long.BYTES && !EightBytes.anyBeyondAscii((long) EightBytes.LONGS.get(bytes, i))) {
                i += Long.BYTES;
                continue;
            }
            int length = lengthAt(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** The length of the sequence at an index, or 0 if it is invalid. */
    static int lengthAt(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > to) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** How many bytes a text takes. */
    public static long length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Puts a code point, no surrogate, at an index; gives the index behind it. */
    static int put(int codePoint, byte[] bytes, int i) {
        int continued = codePoint < 0x80 ? 0 : codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
        for (int k = continued; k > 0; k--) {
            bytes[i + k] = (byte) (0x80 | codePoint >> 6 * (continued - k) & 0x3F);
        }
        bytes[i] = (byte) (FIRST[continued] | codePoint >> 6 * continued);
        return i + continued + 1;
    }

    /** The value of four hexadecimal digits; negative if they are none. */
    static int hexAt(byte[] bytes, int from) {
        return digit(bytes[from]) << 12 | digit(bytes[from + 1]) << 8 | digit(bytes[from + 2]) << 4 | digit(bytes[from + 3]);
    }

    /** -1 if it is none. */
    private static int digit(byte b) {
        return b >= 0 ? DIGITS[b] : -1;
    }
}
