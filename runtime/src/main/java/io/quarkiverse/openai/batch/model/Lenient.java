package io.quarkiverse.openai.batch.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the deviations of providers are read. */
final class Lenient {

    private Lenient() {
    }

    /** Providers write an absent id as an empty string; a client that takes it for one asks for {@code /files//content}. */
    static String id(String id) {
        return id == null || id.isBlank() ? null : id;
    }

    /** A list without the nulls that it should not have; never null. */
    static <T> List<T> items(List<T> items) {
        return items == null ? List.of() : items.stream().filter(Objects::nonNull).toList();
    }

    /** Pairs that nobody changes any more; never null. */
    static <T> Map<String, T> pairs(Map<String, T> pairs) {
        return pairs == null ? Map.of() : Collections.unmodifiableMap(pairs);
    }

    /** A value that should be text, whatever it is. */
    static String text(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        return value instanceof Map || value instanceof List ? new String(WireJson.write(value), StandardCharsets.UTF_8)
                : value.toString();
    }
}
