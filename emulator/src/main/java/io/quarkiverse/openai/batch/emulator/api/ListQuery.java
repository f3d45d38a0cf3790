package io.quarkiverse.openai.batch.emulator.api;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The parameters of listings, and the page they lead to. */
final class ListQuery {

    private ListQuery() {
    }

    /** The page size, or its default if there is none. */
    static int limit(String text, int fallback, int max) {
        if (text == null) {
            return fallback;
        }
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Invalid type for 'limit': expected an integer.", "limit", "invalid_type");
        }
        if (limit < 1) {
            throw ApiException.badRequest("Invalid 'limit': integer below minimum value. Expected a value >= 1, but got "
                    + limit + " instead.", "limit", "integer_below_min_value");
        }
        if (limit > max) {
            throw ApiException.badRequest("Invalid 'limit': integer above maximum value. Expected a value <= " + max
                    + ", but got " + limit + " instead.", "limit", "integer_above_max_value");
        }
        return limit;
    }

    /** The first items as a page; whether there are more is found by trying to take one more. */
    static <T> ObjectNode page(Stream<T> items, int limit, Function<T, ObjectNode> show) {
        List<T> taken = items.limit(limit + 1L).toList();
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = page.putArray("data");
        taken.stream().limit(limit).map(show).forEach(data::add);
        page.set("first_id", data.path(0).get("id"));
        page.set("last_id", data.path(data.size() - 1).get("id"));
        page.put("has_more", taken.size() > limit);
        return page;
    }
}
