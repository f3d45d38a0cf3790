package io.quarkiverse.openai.batch.cli.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.openai.batch.cli.report.CostText;
import io.quarkiverse.openai.batch.job.JobProgress;

/** What is said of the progress of a job; nothing of what is not known yet. */
final class ProgressText {

    private ProgressText() {
    }

    /** Lines that are settled, or that the provider says it has run. */
    static long done(JobProgress progress) {
        return progress.settled() + progress.running();
    }

    static String lines(JobProgress progress, long lines) {
        return count(done(progress)) + " of " + counted(lines, "line", "lines");
    }

    static String state(JobProgress progress) {
        return progress.state().name().toLowerCase(Locale.ROOT);
    }

    /** Of chunks, batches, tokens and cost. */
    static String facts(JobProgress progress) {
        List<String> facts = new ArrayList<>();
        if (progress.chunks() > 0) {
            facts.add(count(progress.collected()) + " of " + counted(progress.chunks(), "chunk", "chunks"));
        }
        facts.add(counted(progress.batches(), "batch", "batches") + " under way");
        if (progress.tokens() > 0) {
            facts.add(counted(progress.tokens(), "token", "tokens"));
        }
        if (progress.tokens() > 0 && progress.cost() != null) {
            facts.add(CostText.of(progress.cost()));
        }
        return String.join(", ", facts);
    }

    /** After the facts; empty if nothing fails. */
    static String failing(JobProgress progress) {
        return progress.failing() == null ? "" : ". " + progress.failing();
    }

    static String timeLeft(Duration time) {
        return "about " + text(time) + " left";
    }

    private static String text(Duration time) {
        if (time.toMinutes() == 0) {
            return Math.max(1, time.toSeconds()) + " s";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    private static String counted(long count, String one, String several) {
        return count(count) + " " + (count == 1 ? one : several);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
