package io.quarkiverse.openai.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks headers up in a map whose names are in lower case. */
final class ResponseHeaders {

    private ResponseHeaders() {
    }

    static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
}
