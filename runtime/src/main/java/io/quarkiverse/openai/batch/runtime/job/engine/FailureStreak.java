package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles.WrongSizeException;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

/** What a failure means after those before it. */
final class FailureStreak {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LASTING_FOR = Duration.ofMinutes(10);
    private static final int LASTING_TIMES = 3;
    private static final int MESSAGE = 500;
    /** The texts are the operating system's; there is no type for them. */
    private static final List<String> DISK_PROBLEMS = List.of("No space left", "File too large", "Disk quota exceeded",
            "Read-only file system");

    private FailureStreak() {
    }

    /**
     * @param before null for none
     */
    static Trouble and(Trouble before, Exception e, Instant now) {
        int times = before == null ? 1 : before.times() + 1;
        int dubious = !isDubious(e) ? 0 : before == null ? 1 : before.dubious() + 1;
        return new Trouble(times, before == null ? now : before.since(), dubious,
                dubious > 1 ? before.dubiousSince() : dubious == 1 ? now : null, SafeText.of(e.getMessage(), MESSAGE),
                now.plus(pause(times)), isOfTheDisk(e));
    }

    private static Duration pause(int times) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(12, times - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Whether the latest failure is final: a refused key, a missing permission, billing, a request that is refused as it is, a
     * redirect; stored results that are damaged; something that does not appear, or is not whole, three times over ten minutes.
     */
    static boolean needsAPerson(Trouble trouble, Exception e, SteadyClock clock) {
        if (isDubious(e)) {
            return trouble.dubious() >= LASTING_TIMES && clock.hasPassed(LASTING_FOR, trouble.dubiousSince());
        }
        return e instanceof DamagedFileException || e.getCause() instanceof DamagedFileException
                || e instanceof ProviderException answer && !isTransient(answer.kind());
    }

    private static boolean isOfTheDisk(Throwable e) {
        boolean says = e instanceof IOException && DISK_PROBLEMS.stream().anyMatch(String.valueOf(e.getMessage())::contains);
        return says || e.getCause() != null && isOfTheDisk(e.getCause());
    }

    private static boolean isTransient(Kind kind) {
        return kind == Kind.TRANSIENT || kind == Kind.BUSY || kind == Kind.OPEN || kind == Kind.NO_ROOM
                || kind == Kind.UNSUPPORTED;
    }

    private static boolean isDubious(Exception e) {
        return e instanceof WrongSizeException || e instanceof ProviderException answer && answer.kind().isDubious();
    }
}
