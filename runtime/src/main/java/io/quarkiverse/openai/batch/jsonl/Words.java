package io.quarkiverse.openai.batch.jsonl;

/** Looks at eight bytes of JSON at once, as one little-endian word: finds set the high bit of the byte that they find first. */
final class Words {

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long QUESTION_MARKS = '?' * ONES;
    private static final long SPACES = ' ' * ONES;

    private Words() {
    }

    static long quotes(long word) {
        return zeros(word ^ QUOTES);
    }

    static long backslashes(long word) {
        return zeros(word ^ BACKSLASHES);
    }

    static long questionMarks(long word) {
        return zeros(word ^ QUESTION_MARKS);
    }

    /** Control characters, which JSON wants escaped. */
    static long controls(long word) {
        return word - SPACES & ~word & HIGH_BITS;
    }

    /** Bytes beyond ASCII. */
    static long beyondAscii(long word) {
        return word & HIGH_BITS;
    }

    /** What is behind the first zero may be taken for one. */
    private static long zeros(long word) {
        return word - ONES & ~word & HIGH_BITS;
    }

    /** The index of the first byte found; 8 if none is. */
    static int indexOfFirst(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }
}
