package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.runtime.job.result.DamagedResultsException;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles.WrongSizeException;

/**
 * The failures of a task in a row.
 *
 * @param times consecutive failures
 * @param dubious consecutive failures that may be transient or final (404, file not ready, wrong size)
 * @param since time of the first of them; null if none
 */
public record FailureStreak(int times, int dubious, Instant since) {

    static final FailureStreak NONE = new FailureStreak(0, 0, null);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LASTING_FOR = Duration.ofMinutes(10);
    private static final int LASTING_TIMES = 3;

    FailureStreak and(Exception e, Instant now) {
        return isDubious(e) ? new FailureStreak(times + 1, dubious + 1, dubious == 0 ? now : since)
                : new FailureStreak(times + 1, 0, null);
    }

    /** The delay before the next attempt. */
    Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(12, times - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Whether the latest failure is final: a refused key, a missing permission, billing, a request that is refused as it is;
     * stored results that are damaged; something that does not appear, or is not whole, three times over ten minutes.
     */
    boolean needsAPerson(Exception e, Instant now) {
        if (isDubious(e)) {
            return dubious >= LASTING_TIMES && !now.isBefore(since.plus(LASTING_FOR));
        }
        return e instanceof DamagedResultsException || e.getCause() instanceof DamagedResultsException
                || e instanceof BatchApiException answer && !answer.isTransient();
    }

    private static boolean isDubious(Exception e) {
        return e instanceof WrongSizeException || e instanceof BatchApiException answer
                && (answer.isNotFound() || answer.status() == 400 && isFileNotReady(answer));
    }

    /** A file is not always ready right after its upload. */
    private static boolean isFileNotReady(BatchApiException e) {
        return e.error().filter(error -> "input_file_id".equals(error.param())).isPresent();
    }
}
