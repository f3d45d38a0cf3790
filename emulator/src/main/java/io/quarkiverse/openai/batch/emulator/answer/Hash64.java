package io.quarkiverse.openai.batch.emulator.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A 64-bit hash, so that what is derived from content is the same in every run. It takes eight bytes a step, as MurmurHash3
 * does, because it sees every byte of every line twice; SplitMix64's mixer finishes it.
 */
public final class Hash64 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x87c37b91114253d5L;
    private static final long OTHER_FACTOR = 0x4cf5ad432745937fL;

    private Hash64() {
    }

    public static long of(byte[] bytes) {
        long hash = bytes.length;
        int position = 0;
        for (; position + Long.BYTES <= bytes.length; position += Long.BYTES) {
            hash = add(hash, (long) LONGS.get(bytes, position));
        }
        for (; position < bytes.length; position++) {
            hash = add(hash, bytes[position]);
        }
        return mix(hash);
    }

    private static long add(long hash, long value) {
        return Long.rotateLeft(hash ^ Long.rotateLeft(value * FACTOR, 31) * OTHER_FACTOR, 27) * 5 + 0x52dce729;
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
        return HexFormat.of().toHexDigits(hash) + HexFormat.of().toHexDigits(mix(hash));
    }
}
