package io.quarkiverse.openai.batch.runtime.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The delay that a server asks for: {@code retry-after-ms}, else {@code Retry-After} in seconds, which may have a fraction, or
 * as an HTTP date (RFC 9110, 10.2.3). A date is read by the server's own clock where the answer has a {@code Date}.
 */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(3650);

    private RetryAfter() {
    }

    /**
     * @param headers of a response, the names in lower case
     * @param now when it came, by this machine's clock
     * @return never negative; empty if the server asks for none, or in a form that cannot be read
     */
    public static Optional<Duration> of(Map<String, List<String>> headers, Instant now) {
        return header(headers, "retry-after-ms").flatMap(text -> number(text, 1))
                .or(() -> header(headers, "retry-after").flatMap(text -> number(text, 1000)))
                .or(() -> header(headers, "retry-after").flatMap(RetryAfter::date)
                        .map(date -> Duration.between(header(headers, "date").flatMap(RetryAfter::date).orElse(now), date)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Optional<Duration> number(String text, long unitInMillis) {
        try {
            double millis = Double.parseDouble(text.strip()) * unitInMillis;
            if (Double.isNaN(millis)) {
                return Optional.empty();
            }
            return Optional.of(Duration.ofMillis((long) Math.min(millis, LONGEST.toMillis())));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
