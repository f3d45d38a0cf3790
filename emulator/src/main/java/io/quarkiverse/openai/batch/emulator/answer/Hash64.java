package io.quarkiverse.openai.batch.emulator.answer;

import java.nio.charset.StandardCharsets;

/** A 64-bit hash, so that what is derived from content is the same in every run: FNV-1a, finished by SplitMix64's mixer. */
public final class Hash64 {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash64() {
    }

    public static long of(byte[] bytes) {
        long hash = OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        return mix(hash);
    }

    public static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Spreads a number over all 64 bits; with a counter added to a hash it makes a sequence of random-looking numbers. */
    public static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number in [0, 1) from a hash. */
    public static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** 32 hexadecimal digits from a hash, as the ids of the API have them. */
    public static String hex(long hash) {
        return String.format("%016x%016x", hash, mix(hash));
    }
}
