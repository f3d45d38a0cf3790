package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.IOException;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;

/** Lenient readings of the next value of a token stream: what has another type than expected is skipped. */
public final class JsonReads {

    private JsonReads() {
    }

    /** Moves to the next value; a value that is no object is skipped. */
    public static boolean object(LineJsonParser p) throws IOException {
        return is(p, JsonToken.START_OBJECT);
    }

    /** Moves to the next value; a value that is no array is skipped. */
    public static boolean array(LineJsonParser p) throws IOException {
        return is(p, JsonToken.START_ARRAY);
    }

    private static boolean is(LineJsonParser p, JsonToken start) throws IOException {
        if (p.nextToken() == start) {
            return true;
        }
        p.skipChildren();
        return false;
    }

    /** Moves to the next object of an array and skips what is none; false at the array's end. */
    public static boolean nextObject(LineJsonParser p) throws IOException {
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                return true;
            }
            p.skipChildren();
        }
        return false;
    }

    public static void skip(LineJsonParser p) throws IOException {
        p.nextToken();
        p.skipChildren();
    }

    /** The next value as text if it is a scalar, else null. */
    public static String text(LineJsonParser p) throws IOException {
        p.nextToken();
        return scalar(p);
    }

    /** The current value as text if it is a scalar, else null. */
    public static String scalar(LineJsonParser p) throws IOException {
        if (p.currentToken() == JsonToken.VALUE_STRING) {
            return p.text();
        }
        if (p.currentToken().isScalarValue() && p.currentToken() != JsonToken.VALUE_NULL) {
            return p.getText();
        }
        p.skipChildren();
        return null;
    }

    /** As {@link #text}, an empty text counting as absent. */
    public static String nonEmpty(LineJsonParser p) throws IOException {
        String text = text(p);
        return text == null || text.isEmpty() ? null : text;
    }

    public static boolean isTrue(LineJsonParser p) throws IOException {
        boolean isTrue = p.nextToken() == JsonToken.VALUE_TRUE;
        p.skipChildren();
        return isTrue;
    }

    /** The next value as a whole number, also from a fraction or a numeric text; 0 for anything else. */
    public static long integer(LineJsonParser p) throws IOException {
        switch (p.nextToken()) {
            case VALUE_NUMBER_INT:
                return clamp(p);
            case VALUE_NUMBER_FLOAT:
                return (long) p.getDoubleValue();
            case VALUE_STRING:
                return p.getValueAsLong(0);
            default:
                p.skipChildren();
                return 0;
        }
    }

    /** As {@link #integer(LineJsonParser)}, of a value that is written. */
    public static long integer(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && !text.equals("null") ? NumberInput.parseAsLong(text, 0) : 0;
    }

    private static long clamp(LineJsonParser p) throws IOException {
        if (p.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return p.getLongValue();
        }
        BigInteger value = p.getBigIntegerValue();
        return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    public static int intValue(LineJsonParser p) throws IOException {
        long value = integer(p);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
