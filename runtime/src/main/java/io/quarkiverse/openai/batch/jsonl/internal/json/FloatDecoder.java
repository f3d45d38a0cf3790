package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes a JSON array of numbers from bytes, each to the float that is nearest to it. */
final class FloatDecoder {

    /** So many digits fit into a long. */
    private static final int MAX_DIGITS = 18;
    private static final double[] POWERS = { 1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12,
            1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18 };

    /** The bits that a double has over a float, and the middle between two floats. */
    private static final long LOW_BITS = (1L << 29) - 1;
    private static final long MIDDLE = 1L << 28;

    private final byte[] bytes;
    private final int to;
    private int i;
    private long digits;

    FloatDecoder(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.to = to;
        this.i = from;
    }

    /** Null if there is anything but numbers, as JSON has them, up to the closing bracket. */
    float[] decode() {
        float[] vector = new float[1536];
        int size = 0;
        if (peek() == ']') {
            return new float[0];
        }
        while (true) {
            peek();
            float number = number();
            if (Float.isNaN(number)) {
                return null;
            }
            if (size == vector.length) {
                vector = Arrays.copyOf(vector, size * 2);
            }
            vector[size++] = number;
            int separator = peek();
            if (separator == ']') {
                return size == vector.length ? vector : Arrays.copyOf(vector, size);
            }
            if (separator != ',') {
                return null;
            }
            i++;
        }
    }

    /** The index of the closing bracket. */
    int end() {
        return i;
    }

    /** The next byte that is no white space, or -1 at the end. */
    private int peek() {
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t')) {
            i++;
        }
        return i < to ? bytes[i] : -1;
    }

    /** NaN if there is none. */
    private float number() {
        int start = i;
        digits = 0;
        i += at('-') ? 1 : 0;
        int first = i;
        int whole = readDigits();
        if (whole == 0 || whole > 1 && bytes[first] == '0') {
            return Float.NaN;
        }
        int fraction = 0;
        if (at('.')) {
            i++;
            fraction = readDigits();
            if (fraction == 0) {
                return Float.NaN;
            }
        }
        if (at('e') || at('E')) {
            return skipExponent() ? parse(start) : Float.NaN;
        }
        return whole + fraction <= MAX_DIGITS ? nearest(start, digits * POWERS[fraction]) : parse(start);
    }

    /** The product may be two bits off, which matters only if it is in the middle between two floats. */
    private float nearest(int start, double product) {
        long distance = (Double.doubleToRawLongBits(product) & LOW_BITS) - MIDDLE;
        if (distance >= -4 && distance <= 4) {
            return parse(start);
        }
        return (float) (bytes[start] == '-' ? -product : product);
    }

    private float parse(int start) {
        return Float.parseFloat(new String(bytes, start, i - start, StandardCharsets.ISO_8859_1));
    }

    private boolean at(char c) {
        return i < to && bytes[i] == c;
    }

    private int readDigits() {
        int k = i;
        long value = digits;
        while (k < to && bytes[k] >= '0' && bytes[k] <= '9') {
            value = value * 10 + bytes[k++] - '0';
        }
        int count = k - i;
        digits = value;
        i = k;
        return count;
    }

    private boolean skipExponent() {
        i++;
        i += at('+') || at('-') ? 1 : 0;
        return readDigits() > 0;
    }
}
