package io.quarkiverse.openai.batch.emulator.api;

/** The parameters of listings. */
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
}
