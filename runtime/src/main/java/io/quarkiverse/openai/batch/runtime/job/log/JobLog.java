package io.quarkiverse.openai.batch.runtime.job.log;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.TokenUsage;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Remote.Seen;
import io.quarkiverse.openai.batch.runtime.job.store.RowListener;

/**
 * Logs the life of a job at INFO: that it was submitted, its source was read, a batch was created or has ended, the job
 * continues after a restart, has ended. Pauses and failures are logged, at WARN, where they are noticed.
 */
public final class JobLog implements RowListener {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.openai.batch.jobs");
    private static final int LONGEST_ID = 100;

    /** A job of an earlier process. */
    public static void continued(JobRow job, List<ChunkRow> chunks) {
        LOG.infof("Job %s of %s continues: %s, %d of its %d chunks are done", job.name(), job.createdAt(),
                job.state().name().toLowerCase(Locale.ROOT),
                chunks.stream().filter(chunk -> chunk.state().isTerminal()).count(), chunks.size());
    }

    /** A job that was submitted again after its source was read. */
    public static void attached(JobRow job) {
        LOG.infof("Attached to job %s, which %s. Its source is not read again: a job with other lines needs another name, "
                + "or another version", job.name(),
                job.endedAt() == null ? "is " + job.state().name().toLowerCase(Locale.ROOT) : "ended at " + job.endedAt());
    }

    /**
     * @param leavesOthers a method that takes answers only, if none takes results without an answer
     */
    public static void ended(JobReport report, Optional<String> leavesOthers) {
        LOG.infof("Job %s has ended as %s after %s: %s; %,d tokens%s", report.name(),
                report.state().name().toLowerCase(Locale.ROOT),
                TimeText.of(
                        Duration.between(report.times().createdAt(), report.times().endedAt()).truncatedTo(ChronoUnit.SECONDS)),
                outcomes(report.outcomes()), report.usage().total().totalTokens(),
                cost(report.usage()));
        if (report.results().handlerFailed() > 0) {
            LOG.warnf("Job %s: %d of its results were not taken by a method with @OnBatchResult and were set aside. "
                    + "BatchJob.redeliver() hands them over again", report.name(), report.results().handlerFailed());
        }
        long others = report.payment().unpaid() + report.payment().unknown();
        if (others > 0 && leavesOthers.isPresent()) {
            LOG.warnf("Job %s: %,d of its results have no answer, and no method took them: %s takes answers only. "
                    + "Add a method with @OnBatchFailure for further jobs; BatchJob.results() has them", report.name(), others,
                    leavesOthers.get());
        }
    }

    private static String cost(TokenUsage usage) {
        return usage.cost() != null ? ", cost " + usage.cost().toPlainString()
                : ", cost unknown: jobs.prices has none for " + usage.unpriced().stream()
                        .map(model -> model.isEmpty() ? "lines without a model" : SafeText.of(model, 100))
                        .collect(Collectors.joining(", "));
    }

    private static String outcomes(Map<Outcome, Long> outcomes) {
        String some = outcomes.entrySet().stream().filter(outcome -> outcome.getValue() > 0)
                .map(outcome -> "%,d %s".formatted(outcome.getValue(), outcome.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        return some.isEmpty() ? "no lines" : some;
    }

    @Override
    public void changed(JobRow before, JobRow after) {
        if (before.version() == 0) {
            LOG.infof("Job %s is submitted; its account is %s", after.name(), after.account());
        } else if (after.spooled() && !before.spooled()) {
            LOG.infof("Job %s: its source is read, and its lines are in %s", after.name(),
                    after.chunks() == 1 ? "one chunk" : after.chunks() + " chunks");
        }
    }

    @Override
    public void changed(ChunkRow before, ChunkRow after) {
        Seen batch = after.remote().batch();
        if (batch == null) {
            return;
        }
        Seen earlier = before.remote().batch();
        boolean created = earlier == null || !earlier.id().equals(batch.id());
        if (created) {
            LOG.infof("Job %s: batch %s is created for the %,d lines of chunk %d", after.job(), id(batch),
                    after.input().lines(), after.number());
        }
        if (batch.state().isTerminal() && (created || !earlier.state().isTerminal())) {
            LOG.infof("Job %s: batch %s of chunk %d has ended as %s; of %,d lines the provider counts %,d as completed and "
                    + "%,d as failed", after.job(), id(batch), after.number(), SafeText.of(batch.status(), LONGEST_ID),
                    after.input().lines(), batch.completed(), batch.failed());
        }
    }

    private static String id(Seen batch) {
        return SafeText.of(batch.id(), LONGEST_ID);
    }
}
