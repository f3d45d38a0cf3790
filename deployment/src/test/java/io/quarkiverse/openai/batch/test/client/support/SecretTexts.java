package io.quarkiverse.openai.batch.test.client.support;

import java.util.List;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;

/** What must not be in a log: keys, tokens, values of custom headers, and what stands in bodies. */
public final class SecretTexts {

    public static final String KEY = "sk-secret-key";
    public static final String BODY = "secret-of-the-answer";

    private static final List<String> ALL = List.of(KEY, BODY, "secret-");

    private SecretTexts() {
    }

    public static boolean isIn(LogRecord logged) {
        return isIn(((ExtLogRecord) logged).getFormattedMessage()) || isIn(logged.getThrown());
    }

    public static boolean isIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isIn(cause.toString())) {
                return true;
            }
        }
        return false;
    }

    public static boolean isIn(String text) {
        return text != null && ALL.stream().anyMatch(text::contains);
    }
}
