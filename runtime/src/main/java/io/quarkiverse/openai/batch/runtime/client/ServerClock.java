package io.quarkiverse.openai.batch.runtime.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What a server's answer tells of its clock. */
public final class ServerClock {

    private ServerClock() {
    }

    /** By how much the server's clock is ahead of ours; zero if the answer has no {@code Date}. */
    public static Duration ahead(Map<String, List<String>> headers, Instant now) {
        try {
            return headers.getOrDefault("date", List.of()).stream().findFirst()
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                    .map(serverTime -> Duration.between(now, serverTime))
                    .orElse(Duration.ZERO);
        } catch (DateTimeException notADate) {
            return Duration.ZERO;
        }
    }
}
