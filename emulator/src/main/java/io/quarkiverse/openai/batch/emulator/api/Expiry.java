package io.quarkiverse.openai.batch.emulator.api;

/** The expiry policy of files (OpenAPI document, FileExpirationAfter): 3,600 to 2,592,000 seconds after their creation. */
final class Expiry {

    private static final String ANCHOR = "created_at";
    private static final long MIN_SECONDS = 3_600;
    private static final long MAX_SECONDS = 2_592_000;

    private Expiry() {
    }

    /** The checked seconds of a policy that a parameter carries. */
    static long seconds(String param, String anchor, String seconds) {
        if (anchor == null) {
            throw ApiException.missing(param + ".anchor");
        }
        if (seconds == null) {
            throw ApiException.missing(param + ".seconds");
        }
        if (!anchor.equals(ANCHOR)) {
            throw ApiException.badRequest("Invalid value for '" + param + ".anchor'. Supported values are: '" + ANCHOR + "'.",
                    param + ".anchor", "invalid_value");
        }
        long value;
        try {
            value = Long.parseLong(seconds);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Invalid type for '" + param + ".seconds': expected an integer.",
                    param + ".seconds", "invalid_type");
        }
        if (value < MIN_SECONDS || value > MAX_SECONDS) {
            throw ApiException.badRequest("Invalid '" + param + ".seconds': expected a value from " + MIN_SECONDS + " to "
                    + MAX_SECONDS + ", but got " + value + " instead.", param + ".seconds",
                    value < MIN_SECONDS ? "integer_below_min_value" : "integer_above_max_value");
        }
        return value;
    }
}
