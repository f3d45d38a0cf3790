package io.quarkiverse.openai.batch.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF), which Jackson checks only in part. */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {
    }

    /** The index of the first byte that begins no valid sequence, or -1. */
    static int indexOfInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (i <= to - Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
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

    /** The code point of a valid sequence. */
    static int codePoint(byte[] bytes, int i, int length) {
        int codePoint = length == 2 ? bytes[i] & 0x1F : length == 3 ? bytes[i] & 0x0F : bytes[i] & 0x07;
        for (int k = 1; k < length; k++) {
            codePoint = codePoint << 6 | bytes[i + k] & 0x3F;
        }
        return codePoint;
    }

    /** How many bytes a text takes. */
    static long length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // a surrogate is half of four
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** Puts a code point of four bytes at an index; gives the index behind it. */
    static int put(int codePoint, byte[] bytes, int i) {
        bytes[i] = (byte) (0xF0 | codePoint >> 18);
        bytes[i + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        bytes[i + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        bytes[i + 3] = (byte) (0x80 | codePoint & 0x3F);
        return i + 4;
    }

    /** The value of four hexadecimal digits; negative if they are none. */
    static int hexAt(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            // a digit that is none is -1, and so the whole becomes negative
            value = value << 4 | Character.digit(bytes[i], 16);
        }
        return value;
    }
}
