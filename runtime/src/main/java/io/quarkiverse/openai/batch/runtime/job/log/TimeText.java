package io.quarkiverse.openai.batch.runtime.job.log;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them, such as {@code 2h13m5s}. */
public final class TimeText {

    private TimeText() {
    }

    public static String of(Duration time) {
        return time.toString().replaceFirst("PT", "").toLowerCase(Locale.ROOT);
    }
}
