package io.quarkiverse.openai.batch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.Payment;
import io.quarkiverse.openai.batch.job.JobReport.Results;
import io.quarkiverse.openai.batch.job.JobReport.Sending;
import io.quarkiverse.openai.batch.job.JobReport.SentBatch;
import io.quarkiverse.openai.batch.job.JobReport.Times;
import io.quarkiverse.openai.batch.job.JobReport.TokenUsage;
import io.quarkiverse.openai.batch.job.JobReport.Wait;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobState;

class ReportsSayWhatAJobWaitsForTest {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123Z");

    private static String shown(List<SentBatch> batches, String unattributed, Wait... waits) {
        return ReportText.inFull(
                new JobReport("numbers", "1", "<default>", JobState.RUNNING, null, null, 10, Map.of(), new Payment(0, 0, 0),
                        new Sending(batches.size(), 0, 10, 0, 0, 0, List.of(), List.of()),
                        new TokenUsage(Map.of(), BigDecimal.ZERO, Map.of(), 0, null),
                        new Results(0, unattributed, 0, List.of()),
                        new Times(NOW, null), batches, List.of(waits)))
                .toString();
    }

    @Test
    void withTheTimeSinceWhen() {
        assertThat(shown(List.of(), null, new Wait(WaitsFor.SOURCE, 0, NOW), new Wait(WaitsFor.BATCH, 1, NOW),
                new Wait(WaitsFor.ROOM, 2, null)))
                .containsSubsequence("Waits for  source, since 2026-11-21T06:00:00Z",
                        "Waits for  batch, 1 chunk, since 2026-11-21T06:00:00Z", "Waits for  room, 2 chunks");
    }

    @Test
    void andTheIdsOfTheFirstBatches() {
        List<SentBatch> batches = IntStream.rangeClosed(1, 22).mapToObj(n -> new SentBatch(n, "batch_" + n, "in_progress", 10))
                .toList();
        assertThat(shown(batches, null)).contains("Batch      batch_1 of chunk 1, in_progress", "batch_20 of chunk 20",
                "Batch      2 more").doesNotContain("batch_21");
    }

    @Test
    void andWhatLinesLookLikeThatAnswerNoRequest() {
        assertThat(shown(List.of(), "recordId, modelOutput"))
                .contains("Foreign    result lines with the fields recordId, modelOutput; the provider's files stay there");
    }
}
