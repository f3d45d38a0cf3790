package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of jobs.
 *
 * @param text a name, with {@code *} for any characters
 */
public record NamePattern(String text) {

    public boolean matches(String name) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }
}
