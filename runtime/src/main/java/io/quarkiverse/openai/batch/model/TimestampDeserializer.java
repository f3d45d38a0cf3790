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
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/** Reads Unix seconds as a number (OpenAI) or a string (Novita), and ISO-8601 (Azure, Together); all else is absent. */
final class TimestampDeserializer extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    TimestampDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return seconds(parser.getText());
        }
        if (token == JsonToken.VALUE_STRING) {
            return fromText(parser.getText().strip());
        }
        parser.skipChildren();
        return null;
    }

    private static Instant fromText(String text) {
        if (text.isEmpty()) {
            return null;
        }
        boolean numeric = text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-' && text.indexOf('-', 1) < 0);
        return numeric ? seconds(text) : isoDateTime(text);
    }

    private static Instant seconds(String number) {
        try {
            BigDecimal seconds = new BigDecimal(number);
            if (seconds.precision() - seconds.scale() > 18) {
                return null;
            }
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            return Instant.ofEpochSecond(whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            return null;
        }
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
