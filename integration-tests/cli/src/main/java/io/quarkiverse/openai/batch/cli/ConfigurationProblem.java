package io.quarkiverse.openai.batch.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;

/** Why a start failed for its configuration, without the words of the library that reads it. */
final class ConfigurationProblem {

    private static final Pattern VALUE = Pattern.compile(
            ".*config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]{5}\\d{5}: ");
    private static final Pattern ENUM = Pattern.compile("Cannot convert .* to enum .*allowed values: (.*)", Pattern.DOTALL);

    private ConfigurationProblem() {
    }

    /** Null if a failure has another cause than the configuration. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ConfigValidationException invalid) {
                return IntStream.range(0, invalid.getProblemCount())
                        .mapToObj(n -> sentence(invalid.getProblem(n).getMessage())).collect(Collectors.joining("; "));
            }
            if (cause instanceof ConfigurationException) {
                return cause.getMessage();
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static String sentence(String problem) {
        Matcher value = VALUE.matcher(problem);
        if (!value.matches()) {
            return CODE.matcher(problem).replaceAll("");
        }
        String why = CODE.matcher(value.group(3)).replaceAll("");
        Matcher names = ENUM.matcher(why);
        return "%s must not be \"%s\": %s".formatted(value.group(1), value.group(2),
                names.matches() ? "it is one of " + names.group(1).replace(",", ", ") : why);
    }
}
