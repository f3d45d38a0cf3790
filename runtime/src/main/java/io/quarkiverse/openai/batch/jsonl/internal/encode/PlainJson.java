package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.util.Collection;
import java.util.Map;

/**
 * Writes values of the JDK's common types as Jackson does, and no others: such values cannot bring JSON of their own, so what
 * was written needs not be read to be known.
 */
final class PlainJson {

    private static final Module JDK = Object.class.getModule();
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME_LENGTH = 1_000;

    private PlainJson() {
    }

    /** Whether the value was written; if not, a part of it may have been. */
    static boolean write(Object value, LineBytes line) {
        return write(value, line, MAX_DEPTH);
    }

    private static boolean write(Object value, LineBytes line, int depth) {
        if (value instanceof String text) {
            return line.putText(text);
        }
        if (isScalar(value)) {
            line.put(String.valueOf(value));
            return true;
        }
        if (depth == 0 || value.getClass().getModule() != JDK) {
            // a collection of another origin may have annotations or a serializer
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return writeObject(map, line, depth - 1);
        }
        return value instanceof Collection<?> values && writeArray(values, line, depth - 1);
    }

    private static boolean isScalar(Object value) {
        return value == null || value instanceof Integer || value instanceof Boolean || value instanceof Long
                || value instanceof Double number && Double.isFinite(number);
    }

    /** Without the names that have no value. */
    private static boolean writeObject(Map<?, ?> map, LineBytes line, int depth) {
        char separator = '{';
        for (Map.Entry<?, ?> field : map.entrySet()) {
            if (field.getValue() == null) {
                continue;
            }
            line.put(separator);
            separator = ',';
            if (!(field.getKey() instanceof String name) || !writeName(name, line)
                    || !write(field.getValue(), line, depth)) {
                return false;
            }
        }
        line.put(separator == '{' ? "{}" : "}");
        return true;
    }

    private static boolean writeName(String name, LineBytes line) {
        if (!isPlain(name)) {
            return false;
        }
        line.put('"');
        line.put(name);
        line.put("\":");
        return true;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return name.length() <= MAX_NAME_LENGTH;
    }

    private static boolean writeArray(Collection<?> values, LineBytes line, int depth) {
        char separator = '[';
        for (Object value : values) {
            line.put(separator);
            separator = ',';
            if (!write(value, line, depth)) {
                return false;
            }
        }
        line.put(separator == '[' ? "[]" : "]");
        return true;
    }
}
