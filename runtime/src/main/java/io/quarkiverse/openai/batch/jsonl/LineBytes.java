package io.quarkiverse.openai.batch.jsonl;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a line in the making. Texts become what Jackson makes of them, eight bytes at a time where they are plain. */
final class LineBytes extends ByteArrayOutputStream {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LONGEST_ESCAPE = 6;

    LineBytes() {
        super(8 << 10);
    }

    byte[] buffer() {
        return buf;
    }

    void put(char ascii) {
        makeRoom(1);
        buf[count++] = (byte) ascii;
    }

    void put(String ascii) {
        int length = ascii.length();
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            buf[count + i] = (byte) ascii.charAt(i);
        }
        count += length;
    }

    /** Puts a text with its quotes; false if half a character is in it, which UTF-8 cannot say. */
    boolean putText(String text) {
        put('"');
        boolean whole = putEscaped(text, text.getBytes(StandardCharsets.UTF_8));
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
                buf[count++] = '?';
            } else {
                putEscape(utf8[i]);
            }
        }
        return true;
    }

    /** Puts bytes up to the first that needs to be looked at, gives its index, and leaves room for its escape. */
    private int putPlain(byte[] utf8, int from) {
        makeRoom(utf8.length - from + LONGEST_ESCAPE + Long.BYTES);
        byte[] to = buf;
        int shift = count - from;
        int i = from;
        for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(utf8, i);
            LONGS.set(to, i + shift, word);
            long match = Words.quotes(word) | Words.backslashes(word) | Words.controls(word) | Words.questionMarks(word);
            if (match != 0) {
                i += Words.indexOfFirst(match);
                count = i + shift;
                return i;
            }
        }
        for (; i < utf8.length && isPlain(utf8[i]); i++) {
            to[i + shift] = utf8[i];
        }
        count = i + shift;
        return i;
    }

    private static boolean isPlain(byte b) {
        return (b < 0 || b >= ' ') && b != '"' && b != '\\' && b != '?';
    }

    private void putEscape(byte b) {
        buf[count++] = '\\';
        switch (b) {
            case '"', '\\' -> buf[count++] = b;
            case '\n' -> buf[count++] = 'n';
            case '\t' -> buf[count++] = 't';
            case '\r' -> buf[count++] = 'r';
            case '\b' -> buf[count++] = 'b';
            case '\f' -> buf[count++] = 'f';
            default -> putUnit(b);
        }
    }

    private void putUnit(byte b) {
        put("u00");
        buf[count++] = HEX[b >> 4];
        buf[count++] = HEX[b & 0xF];
    }

    private void makeRoom(int length) {
        if (buf.length - count < length) {
            buf = Arrays.copyOf(buf, Math.max(buf.length * 2, count + length));
        }
    }
}
