package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;

/** Lenient readings of the next value of a token stream: what has another type than expected is skipped. */
public final class JsonReads {

    /** To parse more digits takes more than linear time. */
    private static final int LONGEST_NUMBER = 40;

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

    /**
     * Reads each object of the next value: of an array, whose other items are skipped, or the one object that some providers
     * send in place of an array of one. False if the value is neither.
     */
    public static boolean objects(LineJsonParser p, LineFields fields) throws IOException {
        p.nextToken();
        return currentObjects(p, fields);
    }

    /** As {@link #objects}, of the current value. */
    public static boolean currentObjects(LineJsonParser p, LineFields fields) throws IOException {
        if (p.currentToken() == JsonToken.START_OBJECT) {
            fields.read(p);
            return true;
        }
        if (p.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                fields.read(p);
            } else {
                p.skipChildren();
            }
        }
        return true;
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
        return integer(p, 0);
    }

    private static long integer(LineJsonParser p, long otherwise) throws IOException {
        switch (p.nextToken()) {
            case VALUE_NUMBER_INT:
                return clamp(p);
            case VALUE_NUMBER_FLOAT:
                return (long) p.getDoubleValue();
            case VALUE_STRING:
                return p.getTextLength() > LONGEST_NUMBER ? otherwise : p.getValueAsLong(otherwise);
            default:
                p.skipChildren();
                return otherwise;
        }
    }

    /** The next value as a place in a list, counted from 0; the other one if it is none. */
    public static int index(LineJsonParser p, int otherwise) throws IOException {
        long index = integer(p, -1);
        return index < 0 || index > Integer.MAX_VALUE ? otherwise : (int) index;
    }

    /** As {@link #integer(LineJsonParser)}, of a value that is written. */
    public static long integer(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && !text.equals("null") ? NumberInput.parseAsLong(text, 0) : 0;
    }

    private static long clamp(LineJsonParser p) throws IOException {
        if (p.getTextLength() <= LONGEST_NUMBER && p.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return p.getLongValue();
        }
        return p.getText().charAt(0) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    public static int intValue(LineJsonParser p) throws IOException {
        long value = integer(p);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
