package io.quarkiverse.openai.batch.cli.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.quarkiverse.openai.batch.job.JobProgress;

/**
 * How long a job will take yet at the pace it has in this process. The first lines that come do not count: some may have been
 * done before this process looked, and the time until then is not that of lines.
 */
final class TimeLeft {

    private final long lines;
    private final InstantSource clock;
    private long earlier = -1;
    private Pace pace;

    TimeLeft(long lines, InstantSource clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** Empty as long as that is not known. */
    Optional<Duration> after(JobProgress progress) {
        long done = ProgressText.done(progress);
        Instant now = clock.instant();
        if (pace == null && earlier >= 0 && done > earlier) {
            pace = new Pace(done, now);
        }
        earlier = done;
        return pace == null || progress.state().isTerminal() ? Optional.empty() : pace.timeLeft(done, lines, now);
    }
}
