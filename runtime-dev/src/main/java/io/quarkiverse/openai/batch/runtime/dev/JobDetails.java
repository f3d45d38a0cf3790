package io.quarkiverse.openai.batch.runtime.dev;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.SentBatch;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;

/**
 * One job.
 *
 * @param job null if there is none of that name
 * @param batches its newest batches, at most 200
 * @param moreBatches how many more there are
 * @param expectedTokens of all lines, by estimate
 * @param firstErrors codes of the first lines that failed
 * @param mayRun batches that may still run, although nobody waits for them
 */
public record JobDetails(JobView job, String version, List<SentBatch> batches, int moreBatches, List<Wait> waits,
        Map<String, Long> tokensOfModels, long expectedTokens, List<String> firstErrors, List<String> mayRun, long resent,
        List<String> filesLeft) {

    private static final int MOST_BATCHES = 200;

    /**
     * What the job waits for.
     *
     * @param since ISO 8601; null if that is not known
     */
    public record Wait(WaitsFor what, int chunks, String since) {
    }

    static final JobDetails NONE = new JobDetails(null, null, List.of(), 0, List.of(), Map.of(), 0, List.of(), List.of(), 0,
            List.of());

    static JobDetails of(BatchJob job) {
        JobReport report = job.report();
        List<SentBatch> all = report.batches();
        List<SentBatch> newest = all.subList(Math.max(0, all.size() - MOST_BATCHES), all.size());
        Map<String, Long> tokens = new TreeMap<>();
        report.usage().ofModels().forEach((model, usage) -> tokens.put(model, usage.totalTokens()));
        return new JobDetails(JobView.of(report, job.progressNow()), report.version(), newest, all.size() - newest.size(),
                report.waits().stream()
                        .map(wait -> new Wait(wait.what(), wait.chunks(),
                                wait.since() == null ? null : wait.since().toString()))
                        .toList(),
                tokens, report.usage().expectedTokens(), report.results().firstErrors(), report.sending().mayRun(),
                report.sending().resent(), report.sending().filesLeft());
    }
}
