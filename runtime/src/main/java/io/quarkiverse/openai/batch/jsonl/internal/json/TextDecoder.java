package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes JSON texts from bytes, eight at a time where they are plain: escapes become UTF-8 first, and all of it a text then.
 */
public final class TextDecoder {

    private static final int LONGEST_CHARACTER = 4;
    private static final byte[] NO_BYTES = {};

    private final byte[] bytes;
    private final int to;

    private byte[] utf8 = NO_BYTES;
    private int size;
    private long seen;
    private int end;

    public TextDecoder(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    /**
     * The text whose first byte, behind its quote, is at an index. Null if it has no end, holds half a character, or anything
     * that is not strictly JSON and UTF-8.
     */
    public String decode(int from) {
        int special = indexOfSpecial(from);
        if (special < to && bytes[special] == '"') {
            end = special;
            return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        }
        size = 0;
        seen = 0;
        append(from, special);
        return unescape(special) ? text() : null;
    }

    /** The index of the closing quote of the text decoded last. */
    int end() {
        return end;
    }

    private String text() {
        if (!EightBytes.anyBeyondAscii(seen)) {
            return new String(utf8, 0, size, StandardCharsets.ISO_8859_1);
        }
        String text = new String(utf8, 0, size, StandardCharsets.UTF_8);
        // stands for what is no UTF-8, or for itself
        boolean doubtful = text.indexOf('\uFFFD') >= 0;
        return doubtful && Utf8.indexOfInvalid(utf8, 0, size) >= 0 ? null : text;
    }

    /** Appends what follows up to the closing quote; false if there is none, or an escape or a byte is none of JSON. */
    private boolean unescape(int from) {
        int i = appendUnescaped(from);
        while (i >= 0 && i < to) {
            byte special = bytes[i];
            if (special == '"') {
                end = i;
                return true;
            }
            int next = special == '\\' ? appendEscaped(i) : -1;
            i = next < 0 ? -1 : appendUnescaped(next);
        }
        return false;
    }

    private void append(int from, int until) {
        makeRoom(until - from + Long.BYTES);
        System.arraycopy(bytes, from, utf8, size, until - from);
        size += until - from;
    }

    /** Appends bytes up to a quote, a backslash or a control character, and gives its index, or the end. */
    private int appendUnescaped(int from) {
        byte[] target = utf8;
        int at = size;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES, at += Long.BYTES) {
            if (at > target.length - Long.BYTES) {
                size = at;
                target = makeRoom(Long.BYTES);
            }
            long word = (long) EightBytes.LONGS.get(bytes, i);
            EightBytes.LONGS.set(target, at, word);
            long found = EightBytes.escaped(word);
            seen |= word;
            if (found != 0) {
                int plain = EightBytes.indexOfFirst(found);
                size = at + plain;
                return i + plain;
            }
        }
        size = at;
        return appendLast(i);
    }

    /** The bytes that are no whole word. */
    private int appendLast(int from) {
        int i = from;
        makeRoom(to - i);
        while (i < to && (bytes[i] < 0 || bytes[i] >= ' ') && bytes[i] != '"' && bytes[i] != '\\') {
            seen |= bytes[i];
            utf8[size++] = bytes[i++];
        }
        return i;
    }

    /** The index behind the escape, or -1 if it is none of JSON or half a character. */
    private int appendEscaped(int backslash) {
        makeRoom(LONGEST_CHARACTER);
        byte escaped = backslash + 1 < to ? bytes[backslash + 1] : 0;
        if (escaped == 'u') {
            return appendUnits(backslash);
        }
        byte meaning = meaning(escaped);
        utf8[size++] = meaning;
        return meaning == 0 ? -1 : backslash + 2;
    }

    private static byte meaning(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case '"', '\\', '/' -> escaped;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> 0;
        };
    }

    private int appendUnits(int backslash) {
        int unit = SurrogateEscapes.unitAt(bytes, backslash, to);
        int codePoint = unit;
        int next = backslash + SurrogateEscapes.UNIT_LENGTH;
        if (unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE) {
            codePoint = SurrogateEscapes.pairAt(bytes, backslash, to);
            next += SurrogateEscapes.UNIT_LENGTH;
        }
        if (codePoint < 0) {
            return -1;
        }
        int first = size;
        size = Utf8.put(codePoint, utf8, first);
        seen |= utf8[first];
        return next;
    }

    private byte[] makeRoom(int length) {
        if (utf8.length - size < length) {
            utf8 = Arrays.copyOf(utf8, Math.max(1024, (size + length) * 2));
        }
        return utf8;
    }

    /** The index of the first quote, backslash, control character or byte beyond ASCII, or the end. */
    private int indexOfSpecial(int from) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) EightBytes.LONGS.get(bytes, i);
            long match = EightBytes.escapedOrBeyondAscii(word);
            if (match != 0) {
                return i + EightBytes.indexOfFirst(match);
            }
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }
}
