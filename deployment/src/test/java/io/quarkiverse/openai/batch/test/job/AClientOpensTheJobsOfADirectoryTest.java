package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class AClientOpensTheJobsOfADirectoryTest {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "PT0.1S")
            .overrideConfigKey("quarkus.openai-batch.jobs.prices.\"m\".input", "1000000")
            .overrideConfigKey("quarkus.openai-batch.jobs.prices.\"m\".output", "0");

    @Inject
    OpenAiBatch client;

    @Inject
    @BatchClient("other")
    OpenAiBatch other;

    @ConfigProperty(name = "quarkus.openai-batch.base-url")
    String baseUrl;

    private Path directory;

    @BeforeEach
    void newDirectory() throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "jobs")), "opened-");
    }

    @Test
    void anInjectedClientRunsThemAtTheConfiguredPrices() throws Exception {
        try (DirectoryJobs jobs = client.openJobs(directory)) {
            BatchJob job = jobs.submit(spec());
            assertThat(job.report().sending().batches()).isZero();
            jobs.start();
            assertFinished(job);
            assertThat(job.report().usage().cost()).isPositive();
        }
        BatchJob stored = client.readJobs(directory).list(JobQuery.all()).get(0);
        assertThat(stored.report().usage().cost()).isPositive();
        try (Stream<BatchResult> results = stored.results()) {
            assertThat(results.map(BatchResult::customId)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void aNamedClientIsTheOneOfAllItsJobs() throws Exception {
        try (DirectoryJobs jobs = other.openJobs(directory)) {
            jobs.start();
            assertFinished(jobs.submit(spec()));
            assertThat(other.prices().has("m")).isFalse();
            assertThatThrownBy(() -> jobs.submit(JobSpec.named("another").client("third")
                    .requests(Stream::of))).isInstanceOf(ConfigurationException.class).hasMessageContaining("third");
        }
    }

    @Test
    void aBuiltClientRunsThemAtThePricesGiven() throws Exception {
        try (OpenAiBatch built = OpenAiBatch.builder().baseUrl(baseUrl).apiKey("key").build();
                DirectoryJobs jobs = built.openJobs(directory,
                        built.prices().withModel("m", BigDecimal.ZERO, new BigDecimal("1000000")))) {
            jobs.start();
            BatchJob job = jobs.submit(spec());
            JobReport report = assertFinished(job);
            assertThat(report.usage().cost()).isEqualByComparingTo(BigDecimal.valueOf(report.usage().total().outputTokens()));
            job.delete();
            assertThat(jobs.find("letters")).isEmpty();
            assertFinished(jobs.submit(spec()));
            assertThatThrownBy(() -> jobs.submit(spec().version("2"))).isInstanceOf(JobConflictException.class);
        }
    }

    @Test
    void aDeletedJobIsNotWaitedFor() {
        try (DirectoryJobs jobs = client.openJobs(directory)) {
            BatchJob job = jobs.submit(spec());
            assertThatThrownBy(job::delete).isInstanceOf(IllegalStateException.class).hasMessageContaining("Cancel it");
            job.cancel();
            jobs.start();
            JobReport report = job.completion().await().atMost(AT_MOST);
            assertThat(report.state()).isEqualTo(JobState.CANCELLED);
            job.delete();
            assertThatThrownBy(job::await).isInstanceOf(IllegalStateException.class).hasMessageContaining("letters");
        }
    }

    @Test
    void whileTheyAreOpenTheyCanBeRead() {
        try (DirectoryJobs jobs = client.openJobs(directory)) {
            jobs.submit(spec());
            assertThatThrownBy(() -> client.openJobs(directory)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by this process, " + ProcessHandle.current().pid());
            BatchJobs read = client.readJobs(directory);
            assertThat(read.find("letters")).isPresent();
            assertThatThrownBy(() -> read.submit(JobSpec.named("new")
                    .requests(Stream::of))).isInstanceOf(IllegalStateException.class).hasMessageContaining("opened to read");
        }
    }

    private static JobSpec spec() {
        return JobSpec.named("letters")
                .requests(() -> Stream.of("a", "b").map(id -> BatchRequest.chat(id, "m", id)));
    }

    private static JobReport assertFinished(BatchJob job) throws Exception {
        JobReport report = job.await(AT_MOST);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(2);
        return report;
    }
}
