package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Readings of the parser's current value that cost no more than its length, and never fail for what the value is. What cannot
 * be read is null.
 */
final class LooseValue {

    /** No count, time or amount of an API is longer; beyond it, arithmetic may take hours. */
    private static final int LONGEST_NUMBER = 40;
    /** Far beyond 10<sup>18</sup>, which bounds what fits into a long. */
    private static final int LARGEST_EXPONENT = 40;
    /** Deeper ones are not kept: what writes them again would overflow the stack. */
    private static final int DEEPEST = 100;
    private static final int MOST_VALUES = 100_000;

    /** How many values may still be kept. */
    private int left = MOST_VALUES;

    private LooseValue() {
    }

    /** The text of a scalar. */
    static String text(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    static Boolean bool(JsonParser parser) throws IOException {
        String text = text(parser);
        if ("true".equalsIgnoreCase(text)) {
            return Boolean.TRUE;
        }
        return "false".equalsIgnoreCase(text) ? Boolean.FALSE : null;
    }

    /** A whole number from 0 to the largest, also as a fraction of zeros or as text. */
    static Long count(JsonParser parser, long largest) throws IOException {
        BigDecimal number = number(text(parser));
        if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(largest)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        return number.longValue();
    }

    /** A number that arithmetic can take: of at most 40 characters, and not above 10<sup>40</sup>. */
    static BigDecimal number(String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return Math.abs((long) number.scale()) > LARGEST_EXPONENT ? null : number;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /**
     * Any value, as maps, lists and Java's scalars. Of one with more than 100,000 values in it, the others are left out: in
     * memory,
     * they take ten times as much as on the wire.
     */
    static Object any(JsonParser parser) throws IOException {
        return new LooseValue().read(parser, 0);
    }

    private Object read(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST || --left < 0) {
            parser.skipChildren();
            return null;
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(parser, depth);
            case START_ARRAY -> list(parser, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> whole(parser.getText());
            case VALUE_NUMBER_FLOAT -> fraction(parser.getText());
            default -> null;
        };
    }

    private Map<String, Object> map(JsonParser parser, int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Object value = read(parser, depth + 1);
            if (left >= 0) {
                map.put(name, value);
            }
        }
        return map;
    }

    private List<Object> list(JsonParser parser, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = read(parser, depth + 1);
            if (left >= 0) {
                list.add(value);
            }
        }
        return list;
    }

    private static Number whole(String text) {
        BigDecimal number = number(text);
        if (number == null) {
            return null;
        }
        long value = number.longValue();
        if (BigDecimal.valueOf(value).compareTo(number) != 0) {
            return number.toBigInteger();
        }
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    private static Number fraction(String text) {
        double value = number(text) == null ? Double.NaN : Double.parseDouble(text);
        return Double.isFinite(value) ? value : null;
    }
}
