package io.quarkiverse.openai.batch.cli.job;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a job, fit for a folder of that name.
 *
 * @param text 1 to 100 characters
 */
public record JobName(String text) {

    private static final int LENGTH = 100;
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0," + (LENGTH - 1) + "}");
    /** Names that Windows does not make folders of. */
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?|.*\\.",
            Pattern.CASE_INSENSITIVE);

    /**
     * @throws IllegalArgumentException if the name is not fit
     */
    public JobName {
        if (!FIT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a job's name has 1 to %d characters of A-Z a-z 0-9 . _ -, and does not begin with a dot"
                            .formatted(LENGTH));
        }
        if (RESERVED.matcher(text).matches()) {
            throw new IllegalArgumentException("\"%s\" is a name that Windows reserves, or ends with a dot".formatted(text));
        }
    }

    /** That of a file without its extension, made fit. */
    public static JobName of(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String fit = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^\\.+", "")
                .replaceFirst("\\.+$", "");
        String unreserved = RESERVED.matcher(fit).matches() ? "job-" + fit : fit;
        String last = unreserved.substring(0, Math.min(LENGTH, unreserved.length())).replaceFirst("\\.+$", "");
        return new JobName(last.isEmpty() ? "job" : last);
    }

    @Override
    public String toString() {
        return text;
    }
}
