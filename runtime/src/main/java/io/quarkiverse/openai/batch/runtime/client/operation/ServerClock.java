package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's own clock, as the {@code Date} of a response tells it to the second.
 *
 * @param ahead its lead over this machine's clock; null if the response did not say
 */
public record ServerClock(Duration ahead) {

    /**
     * @param headers of a response, the names in lower case
     * @param now when it came, by this machine's clock
     */
    public static ServerClock of(Map<String, List<String>> headers, Instant now) {
        try {
            return new ServerClock(headers.getOrDefault("date", List.of()).stream().findFirst()
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                    .map(serverTime -> Duration.between(now, serverTime)).orElse(null));
        } catch (DateTimeException notADate) {
            return new ServerClock(null);
        }
    }

    /** What the server's clock showed at a time of this machine's; empty if that is not known. */
    public Optional<Instant> at(Instant local) {
        return Optional.ofNullable(ahead).map(local::plus);
    }
}
