package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

class AJobAnswersEveryLineOnceTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.limits.requests", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/numbers-" + UUID.randomUUID());

    @Inject
    BatchJobs jobs;

    @Test
    void inSeveralBatches() throws Exception {
        BatchJob job = jobs.submit(JobSpec.named("numbers")
                .requests(() -> IntStream.range(0, 3500)
                        .mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n))));
        JobReport report = job.await(Duration.ofMinutes(2));
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.lines()).isEqualTo(3500);
        assertThat(report.sending().batches()).isEqualTo(4);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(3500);
        Set<String> ids = new HashSet<>();
        try (Stream<BatchResult> results = job.results()) {
            results.forEach(result -> assertThat(ids.add(result.customId())).isTrue());
        }
        assertThat(ids).hasSize(3500);
        try (Stream<BatchResult> results = job.results(ResultOrder.INPUT)) {
            List<String> texts = results.map(BatchResult::text).toList();
            assertThat(texts).hasSize(3500);
            assertThat(texts.get(1234)).contains("Number 1234");
        }
    }
}
