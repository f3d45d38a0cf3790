package io.quarkiverse.openai.batch.emulator.answer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The strings and numbers of a {@link SchemaInstance}. */
final class SchemaScalars {

    private static final BigDecimal SPAN = BigDecimal.valueOf(100);
    private static final BigDecimal STEPS = BigDecimal.valueOf(101);
    private static final int MAX_LENGTH = 200;
    private static final int MAX_MIN_LENGTH = 10_000;
    private static final int MAX_DIGITS = 1_000;
    private static final int DAYS = 10_000;

    private final String text;

    SchemaScalars(String text) {
        this.text = text;
    }

    JsonNode string(JsonNode schema, long seed) throws InvalidLineRequest {
        String value = schema.has("format") ? formatted(schema.get("format").asText(), seed) : text;
        int min = schema.path("minLength").asInt(0);
        if (min > MAX_MIN_LENGTH) {
            throw InvalidLineRequest.invalid("schema", "A 'minLength' is more than " + MAX_MIN_LENGTH + ".");
        }
        int max = Math.max(min, schema.path("maxLength").asInt(MAX_LENGTH));
        if (value.codePointCount(0, value.length()) > max) {
            value = value.substring(0, value.offsetByCodePoints(0, max));
        }
        int missing = min - value.codePointCount(0, value.length());
        return JsonNodeFactory.instance.textNode(missing > 0 ? value + "x".repeat(missing) : value);
    }

    private String formatted(String format, long seed) {
        LocalDate day = LocalDate.EPOCH.plusDays(Long.remainderUnsigned(seed, DAYS));
        return switch (format) {
            case "date-time" -> Instant.EPOCH.plusSeconds(day.toEpochDay() * 86_400).toString();
            case "date" -> day.toString();
            case "time" -> "12:00:00Z";
            case "duration" -> "P1D";
            case "email" -> "user" + day.toEpochDay() + "@example.com";
            case "hostname" -> "example.com";
            case "ipv4" -> "192.0.2.1";
            case "ipv6" -> "2001:db8::1";
            case "uuid" -> new UUID(seed & ~0xf000L | 0x4000L, Hash64.mix(seed) >>> 2 | Long.MIN_VALUE).toString();
            case "uri" -> "https://example.com/" + day.toEpochDay();
            default -> text;
        };
    }

    JsonNode integer(JsonNode schema, long seed) throws InvalidLineRequest {
        return JsonNodeFactory.instance.numberNode(multiple(schema, BigDecimal.ONE, seed).toBigInteger());
    }

    JsonNode number(JsonNode schema, long seed) throws InvalidLineRequest {
        BigDecimal value = schema.path("multipleOf").isNumber() ? multiple(schema, BigDecimal.ONE, seed)
                : between(schema, seed);
        return JsonNodeFactory.instance.numberNode(value.stripTrailingZeros());
    }

    private static BigDecimal multiple(JsonNode schema, BigDecimal standardStep, long seed) throws InvalidLineRequest {
        Bounds bounds = Bounds.of(schema);
        BigDecimal step = schema.path("multipleOf").isNumber() ? bounded(schema.get("multipleOf")) : standardStep;
        if (step.signum() <= 0) {
            throw InvalidLineRequest.invalid("schema", "A 'multipleOf' is not positive.");
        }
        BigDecimal lowest = bounds.minExclusive ? bounds.min.divide(step, 0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                : bounds.min.divide(step, 0, RoundingMode.CEILING);
        BigDecimal highest = bounds.maxExclusive ? bounds.max.divide(step, 0, RoundingMode.CEILING).subtract(BigDecimal.ONE)
                : bounds.max.divide(step, 0, RoundingMode.FLOOR);
        BigDecimal choices = highest.subtract(lowest).max(BigDecimal.ZERO).add(BigDecimal.ONE);
        BigDecimal chosen = choices.multiply(share(seed)).setScale(0, RoundingMode.FLOOR);
        return lowest.add(chosen).multiply(step);
    }

    /** One of a hundred values strictly between the bounds, so it does not matter whether they are exclusive. */
    private static BigDecimal between(JsonNode schema, long seed) throws InvalidLineRequest {
        Bounds bounds = Bounds.of(schema);
        BigDecimal step = bounds.max.subtract(bounds.min).divide(STEPS, MathContext.DECIMAL32);
        return bounds.min.add(step.multiply(share(seed).multiply(SPAN).setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)));
    }

    private static BigDecimal share(long seed) {
        return BigDecimal.valueOf(Hash64.unit(Hash64.mix(seed)));
    }

    /** A number that can be worked with: 1e100000000 has a hundred million digits. */
    private static BigDecimal bounded(JsonNode number) throws InvalidLineRequest {
        BigDecimal value = number.decimalValue();
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw InvalidLineRequest.invalid("schema", "A number has more than " + MAX_DIGITS + " digits.");
        }
        return value;
    }

    private record Bounds(BigDecimal min, boolean minExclusive, BigDecimal max, boolean maxExclusive) {

        static Bounds of(JsonNode schema) throws InvalidLineRequest {
            BigDecimal min = bound(schema, "minimum", "exclusiveMinimum");
            BigDecimal max = bound(schema, "maximum", "exclusiveMaximum");
            if (min == null) {
                min = max == null || max.signum() > 0 ? BigDecimal.ZERO : max.subtract(SPAN);
            }
            return new Bounds(min, schema.path("exclusiveMinimum").isNumber(),
                    max == null ? min.add(SPAN) : max, schema.path("exclusiveMaximum").isNumber());
        }

        private static BigDecimal bound(JsonNode schema, String inclusive, String exclusive) throws InvalidLineRequest {
            JsonNode value = schema.path(exclusive).isNumber() ? schema.get(exclusive) : schema.path(inclusive);
            return value.isNumber() ? bounded(value) : null;
        }
    }
}
