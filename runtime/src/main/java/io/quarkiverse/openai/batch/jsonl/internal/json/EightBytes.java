package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of JSON at once, as one word. What is found has its byte's high bit set; bytes behind the first that is
 * found may be taken for another.
 */
public final class EightBytes {

    public static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long QUESTION_MARKS = '?' * ONES;
    private static final long SPACES = ' ' * ONES;

    private EightBytes() {
    }

    /** Quotes, backslashes and control characters: texts have them escaped only. */
    static long escaped(long word) {
        return candidates(word) & ~word & HIGH_BITS;
    }

    /** As {@link #escaped}, and bytes beyond ASCII. */
    static long escapedOrBeyondAscii(long word) {
        return (candidates(word) | word) & HIGH_BITS;
    }

    /** As {@link #escaped}, and question marks. */
    public static long escapedOrQuestionMark(long word) {
        return (candidates(word) | (word ^ QUESTION_MARKS) - ONES) & ~word & HIGH_BITS;
    }

    static long backslash(long word) {
        long zero = word ^ BACKSLASHES;
        return zero - ONES & ~zero & HIGH_BITS;
    }

    /** Bytes beyond ASCII may be among them. */
    private static long candidates(long word) {
        return (word ^ QUOTES) - ONES | (word ^ BACKSLASHES) - ONES | word - SPACES;
    }

    static boolean anyBeyondAscii(long word) {
        return (word & HIGH_BITS) != 0;
    }

    /** The index of the first byte found; 8 if none is. */
    public static int indexOfFirst(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }
}
