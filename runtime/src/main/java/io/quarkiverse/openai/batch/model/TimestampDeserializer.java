package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads Unix seconds as a number (OpenAI) or a string (Novita), and ISO-8601 (Azure, Together). All else is absent: 0, by which
 * Go programs write an unset time, and what is before 1970 or after the year 9999.
 */
final class TimestampDeserializer extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 40;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    TimestampDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = LooseValue.text(parser);
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        BigDecimal seconds = LooseValue.number(text);
        Instant time = seconds == null ? isoDateTime(text.strip()) : unixTime(seconds);
        return time == null || !time.isAfter(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    }

    private static Instant unixTime(BigDecimal seconds) {
        if (seconds.signum() <= 0 || seconds.compareTo(BigDecimal.valueOf(LATEST.getEpochSecond())) > 0) {
            return null;
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(whole.longValue(), seconds.subtract(whole).movePointRight(9).longValue());
    }

    private static Instant isoDateTime(String text) {
        try {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException notWithOffset) {
            return utcDateTime(text);
        }
    }

    private static Instant utcDateTime(String text) {
        try {
            return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
