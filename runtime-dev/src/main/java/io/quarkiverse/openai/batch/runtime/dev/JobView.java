package io.quarkiverse.openai.batch.runtime.dev;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/**
 * A job in the list of jobs.
 *
 * @param read whether its source was read to its end
 * @param done lines that have an outcome or that the provider says it has run
 * @param chunks chunks so far
 * @param collected chunks whose results are there
 * @param batches batches that run
 * @param cost null if a model has no price
 * @param createdAt ISO 8601
 * @param endedAt ISO 8601; null before that
 * @param reason why it is paused or waits; null for nothing to tell
 * @param failing what fails and is tried again; null for nothing
 */
public record JobView(String name, String client, JobState state, long lines, boolean read, long done,
        Map<Outcome, Long> outcomes, int chunks, int collected, int batches, long tokens, String cost, String createdAt,
        String endedAt, String reason, String failing, Question question, long handlerFailed) {

    static JobView of(BatchJob job) {
        return of(job.report(), job.progressNow());
    }

    static JobView of(JobReport report, JobProgress progress) {
        return new JobView(report.name(), report.client(), report.state(), progress.lines(), progress.spooled(),
                Math.min(progress.lines(), progress.settled() + progress.running()), report.outcomes(), progress.chunks(),
                progress.collected(), progress.batches(), progress.tokens(), text(progress.cost()),
                report.times().createdAt().toString(),
                report.times().endedAt() == null ? null : report.times().endedAt().toString(), report.reason(),
                progress.failing(), report.question(), report.results().handlerFailed());
    }

    static String text(BigDecimal cost) {
        return cost == null ? null
                : cost.round(new MathContext(3, RoundingMode.HALF_UP)).stripTrailingZeros().toPlainString();
    }
}
