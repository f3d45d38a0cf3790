package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

/** The emulator offers models with such days. */
class AModelThatEndsIsAskedForFirstTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/ends-" + UUID.randomUUID());

    @Inject
    BatchJobs jobs;

    @RestClient
    FileService files;

    private BatchJob submit(String model) {
        return jobs.submit(JobSpec.named("job of " + model).requests(() -> IntStream.range(0, 5)
                .mapToObj(n -> BatchRequest.chat("line-" + n, model, "Number " + n))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "emulator-ended", "emulator-ends-soon" })
    void andGetsNoFileIfItEndsBeforeTheWindow(String model) throws Exception {
        long before = files.listAllFiles("batch").count();
        BatchJob job = submit(model);
        assertThatThrownBy(() -> job.await(PATIENCE)).isInstanceOf(JobStoppedException.class);
        JobReport report = job.report();
        assertThat(report.state()).isEqualTo(JobState.PAUSED);
        assertThat(report.reason()).contains("Model " + model + " ends on ", "jobs.check-models=false");
        assertThat(files.listAllFiles("batch").count()).isEqualTo(before);
        job.cancel();
        assertThat(job.await(PATIENCE).count(Outcome.CANCELLED)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "emulator-ends-later", "gpt-6-luna", "a-model-that-the-provider-does-not-list" })
    void othersAreSent(String model) throws Exception {
        assertThat(submit(model).await(PATIENCE).count(Outcome.SUCCEEDED)).isEqualTo(5);
    }
}
