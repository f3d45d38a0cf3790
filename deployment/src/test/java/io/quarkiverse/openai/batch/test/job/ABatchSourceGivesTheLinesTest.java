package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

class ABatchSourceGivesTheLinesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(Lines.class, Request.class))
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/sources-" + UUID.randomUUID());

    @Inject
    BatchJobs jobs;

    @Test
    void ofAJobWhoseNameItsPatternMatches() throws Exception {
        JobReport report = jobs.submit(JobSpec.named("numbers-20"))
                .await(Duration.ofMinutes(1));
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(20);
    }

    @Test
    void andNoneOfAnotherJob() {
        JobSpec spec = JobSpec.named("letters");
        assertThatThrownBy(() -> jobs.submit(spec)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@BatchSource");
    }

    @RequestScoped
    static class Request {

        BatchRequest line(int number) {
            return BatchRequest.chat("line-" + number, "gpt-6-luna", "Number " + number);
        }
    }

    static class Lines {

        @Inject
        Request request;

        @BatchSource("numbers-*")
        Stream<BatchRequest> numbers(JobName job) {
            int lines = Integer.parseInt(job.value().substring("numbers-".length()));
            return IntStream.range(0, lines).mapToObj(request::line);
        }

        @BatchSource("nothing")
        Stream<BatchRequest> nothing() {
            return Stream.empty();
        }
    }
}
