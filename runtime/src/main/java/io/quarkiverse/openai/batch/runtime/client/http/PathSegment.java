package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Ids are opaque, and whatever they hold, they stay one segment of the path. */
public final class PathSegment {

    private PathSegment() {
    }

    /**
     * @param kind what the id is of, for the message
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    public static String of(String id, String kind) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("The id of a " + kind + " must not be blank");
        }
        if (id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("The id of a " + kind + " must not be \"" + id + "\"");
        }
        return encoded(id);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
