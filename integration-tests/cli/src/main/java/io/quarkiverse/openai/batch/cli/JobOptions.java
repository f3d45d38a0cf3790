package io.quarkiverse.openai.batch.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.openai.batch.cli.job.JobChoices;
import io.quarkus.runtime.configuration.DurationConverter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The limits and tags of a job. */
class JobOptions {

    @Option(names = "--max-tokens", paramLabel = "TOKENS", converter = Tokens.class, description = {
            "How many tokens the job may use, of prompts and answers. If it is expected to use more, nothing is sent." })
    Optional<Long> maxTokens;

    @Option(names = "--max-cost", paramLabel = "COST", converter = Cost.class, description = {
            "What the job may cost, in the currency of the prices, which it needs. If it is expected to cost more, nothing "
                    + "is sent." })
    Optional<BigDecimal> maxCost;

    @Option(names = "--canary", paramLabel = "LINES", converter = Lines.class, description = {
            "Tries so many lines before the others, which are sent unless more than a tenth of these fail." })
    Optional<Integer> canary;

    @Option(names = "--deadline", paramLabel = "TIME", converter = Period.class, description = {
            "For how long the job may run, such as 6h or PT1H30M, from its first start. Then it is cancelled, and what was "
                    + "answered is collected." })
    Optional<Duration> deadline;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Metadata of its batches; once for each pair.")
    Map<String, String> tags = Map.of();

    JobChoices choices() {
        return new JobChoices(maxTokens, maxCost, canary, deadline, new TreeMap<>(tags));
    }

    static class Tokens implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,17}")) {
                throw new TypeConversionException("not a positive number: " + text);
            }
            return Long.valueOf(text);
        }
    }

    static class Lines implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,8}")) {
                throw new TypeConversionException("not a positive number: " + text);
            }
            return Integer.valueOf(text);
        }
    }

    static class Cost implements ITypeConverter<BigDecimal> {

        @Override
        public BigDecimal convert(String text) {
            if (!text.matches("[0-9]+(\\.[0-9]+)?") || new BigDecimal(text).signum() == 0) {
                throw new TypeConversionException("not a sum of more than 0: " + text);
            }
            return new BigDecimal(text).stripTrailingZeros();
        }
    }

    static class Period implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration time = time(text);
            if (time.isNegative() || time.isZero()) {
                throw new TypeConversionException("not a time such as 6h or PT1H30M: " + text);
            }
            return time;
        }

        /** Zero for what is none. A number alone would be seconds, which nobody expects of a deadline. */
        private static Duration time(String text) {
            try {
                Duration time = text.matches("[0-9]*") ? Duration.ZERO : DurationConverter.parseDuration(text);
                Instant.now().plus(time);
                return time;
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                return Duration.ZERO;
            }
        }
    }
}
