package io.quarkiverse.openai.batch.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time such as {@code 10s} or {@code PT1M}, of at least a second. */
class Period implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            Duration time = Duration.parse(text.toUpperCase(Locale.ROOT).startsWith("P") ? text : "PT" + text);
            if (time.toSeconds() >= 1) {
                return time;
            }
        } catch (DateTimeParseException noTime) {
            // told below
        }
        throw new TypeConversionException("not a time such as 10s or PT1M, of at least a second: " + text);
    }
}
