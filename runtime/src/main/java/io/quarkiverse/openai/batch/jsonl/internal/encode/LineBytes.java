package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.internal.json.EightBytes;
import io.quarkiverse.openai.batch.jsonl.internal.json.Utf8;

/** The bytes of a line in the making. Texts become what Jackson makes of them, eight bytes at a time where they are plain. */
final class LineBytes extends OutputStream {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LONGEST_ESCAPE = 6;

    /** From this on it is worth while to know the length of a text. */
    private static final int LONG_TEXT = 64;

    private final Map<String, Integer> lengths = new IdentityHashMap<>();
    private byte[] bytes = new byte[8 << 10];
    private int size;

    byte[] buffer() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        lengths.clear();
    }

    /** How many bytes a text takes, without its escapes; known of the texts that were put. */
    int utf8Length(String text) {
        Integer known = lengths.get(text);
        return known == null ? (int) Utf8.length(text) : known;
    }

    @Override
    public void write(int b) {
        put((char) b);
    }

    @Override
    public void write(byte[] source, int from, int length) {
        makeRoom(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void put(char ascii) {
        makeRoom(1);
        bytes[size++] = (byte) ascii;
    }

    void put(String ascii) {
        int length = ascii.length();
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) ascii.charAt(i);
        }
        size += length;
    }

    /** Puts a text with its quotes; false if half a character is in it, which UTF-8 cannot say. */
    boolean putText(String text) {
        put('"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length >= LONG_TEXT) {
            lengths.put(text, utf8.length);
        }
        boolean whole = putEscaped(text, utf8);
        put('"');
        return whole;
    }

    private boolean putEscaped(String text, byte[] utf8) {
        int questionMark = -1;
        for (int i = putPlain(utf8, 0); i < utf8.length; i = putPlain(utf8, i + 1)) {
            if (utf8[i] == '?') {
                // each half of a character has become one, too
                questionMark = text.indexOf('?', questionMark + 1);
                if (questionMark < 0) {
                    return false;
                }
                bytes[size++] = '?';
            } else {
                putEscape(utf8[i]);
            }
        }
        return true;
    }

    /** Puts bytes up to the first that needs to be looked at, gives its index, and leaves room for its escape. */
    private int putPlain(byte[] utf8, int from) {
        makeRoom(utf8.length - from + LONGEST_ESCAPE + Long.BYTES);
        byte[] to = bytes;
        int shift = size - from;
        int i = from;
        for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) EightBytes.LONGS.get(utf8, i);
            EightBytes.LONGS.set(to, i + shift, word);
            long match = EightBytes.escapedOrQuestionMark(word);
            if (match != 0) {
                i += EightBytes.indexOfFirst(match);
                size = i + shift;
                return i;
            }
        }
        for (; i < utf8.length && isPlain(utf8[i]); i++) {
            to[i + shift] = utf8[i];
        }
        size = i + shift;
        return i;
    }

    private static boolean isPlain(byte b) {
        return (b < 0 || b >= ' ') && b != '"' && b != '\\' && b != '?';
    }

    private void putEscape(byte b) {
        bytes[size++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[size++] = b;
            case '\n' -> bytes[size++] = 'n';
            case '\t' -> bytes[size++] = 't';
            case '\r' -> bytes[size++] = 'r';
            case '\b' -> bytes[size++] = 'b';
            case '\f' -> bytes[size++] = 'f';
            default -> putUnit(b);
        }
    }

    private void putUnit(byte b) {
        put("u00");
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 0xF];
    }

    /** Makes room for so many bytes more. */
    void makeRoom(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
    }
}
