package io.quarkiverse.openai.batch.runtime.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The delay that a server asks for: {@code retry-after-ms}, else {@code Retry-After} in seconds, which may have a fraction, or
 * as an HTTP date (RFC 9110, 10.2.3). A date is read by the server's own clock where the answer has a {@code Date}.
 */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(3650);

    private RetryAfter() {
    }

    /** Never negative; empty if the server asks for none, or in a form that cannot be read. */
    static Optional<Duration> of(AttemptFailure failure, Instant now) {
        return failure.header("retry-after-ms").flatMap(text -> number(text, 1))
                .or(() -> failure.header("retry-after").flatMap(text -> number(text, 1000)))
                .or(() -> failure.header("retry-after").flatMap(RetryAfter::date)
                        .map(date -> Duration.between(failure.header("date").flatMap(RetryAfter::date).orElse(now), date)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
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
