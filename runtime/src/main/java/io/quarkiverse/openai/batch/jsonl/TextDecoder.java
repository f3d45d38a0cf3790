package io.quarkiverse.openai.batch.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes JSON texts from bytes, eight at a time where they are plain. */
final class TextDecoder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int to;

    private char[] text = {};
    private int size;
    private int end;

    TextDecoder(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    /**
     * The text whose first byte, behind its quote, is at an index. Null if it has no end, or holds anything that is not
     * strictly
     * JSON and UTF-8.
     */
    String decode(int from) {
        int special = indexOfSpecial(from);
        if (special < to && bytes[special] == '"') {
            end = special;
            return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        }
        size = 0;
        return decode(from, special) ? new String(text, 0, size) : null;
    }

    /** The index of the closing quote of the text decoded last. */
    int end() {
        return end;
    }

    private boolean decode(int from, int firstSpecial) {
        int next = from;
        int special = firstSpecial;
        while (special < to) {
            copy(next, special);
            byte b = bytes[special];
            if (b == '"') {
                end = special;
                return true;
            }
            next = b == '\\' ? unescape(special) : decodeCharacters(special);
            if (next < 0) {
                return false;
            }
            special = indexOfSpecial(next);
        }
        return false;
    }

    /** Appends plain bytes, and makes room for what an escape or a character beyond ASCII takes. */
    private void copy(int from, int until) {
        int length = until - from;
        if (text.length < size + length + 2) {
            text = Arrays.copyOf(text, Math.max(1024, (size + length) * 2));
        }
        for (int i = 0; i < length; i++) {
            text[size + i] = (char) bytes[from + i];
        }
        size += length;
    }

    /** The index behind the escape, or -1 if it is none of JSON. */
    private int unescape(int backslash) {
        byte escaped = backslash + 1 < to ? bytes[backslash + 1] : 0;
        int meaning = escaped == 'u' ? unit(backslash + 2) : meaning(escaped);
        text[size++] = (char) meaning;
        return meaning < 0 ? -1 : backslash + (escaped == 'u' ? 6 : 2);
    }

    private static int meaning(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case '"', '\\', '/' -> escaped;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> -1;
        };
    }

    private int unit(int from) {
        return from + 4 > to ? -1 : Utf8.hexAt(bytes, from);
    }

    /** The index behind a character beyond ASCII and those that follow it, or -1 if it is no UTF-8 or a control character. */
    private int decodeCharacters(int from) {
        int i = from;
        while (i < to && bytes[i] < 0) {
            int length = Utf8.lengthAt(bytes, i, to);
            if (length == 0) {
                return -1;
            }
            copy(i, i);
            size += Character.toChars(Utf8.codePoint(bytes, i, length), text, size);
            i += length;
        }
        return i == from ? -1 : i;
    }

    /** The index of the first quote, backslash, control character or byte beyond ASCII, or the end. */
    private int indexOfSpecial(int from) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            long match = Words.quotes(word) | Words.backslashes(word) | Words.controls(word) | Words.beyondAscii(word);
            if (match != 0) {
                return i + Words.indexOfFirst(match);
            }
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }
}
