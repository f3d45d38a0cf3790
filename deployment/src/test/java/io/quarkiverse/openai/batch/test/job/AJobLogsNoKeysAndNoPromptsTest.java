package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

class AJobLogsNoKeysAndNoPromptsTest {

    private static final String KEY = "sk-of-the-test";
    private static final String PROMPT = "confidential";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.log.level", "DEBUG")
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.api-key", KEY)
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/logs-" + UUID.randomUUID())
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(records -> {
                PatternFormatter text = new PatternFormatter("%m %e");
                assertThat(records).isNotEmpty()
                        .noneMatch(record -> text.format(org.jboss.logmanager.ExtLogRecord.wrap(record)).contains(KEY))
                        .noneMatch(record -> text.format(org.jboss.logmanager.ExtLogRecord.wrap(record)).contains(PROMPT));
            });

    @Inject
    BatchJobs jobs;

    @Test
    void whetherItEndsOrIsInterrupted() throws Exception {
        BatchJob job = jobs.submit(JobSpec.named("numbers")
                .requests(() -> IntStream.range(0, 20).mapToObj(this::line)));
        assertThat(job.await(Duration.ofMinutes(1)).count(Outcome.SUCCEEDED)).isEqualTo(20);
        BatchJob broken = jobs.submit(JobSpec.named("doubled")
                .requests(() -> IntStream.range(0, 20).mapToObj(n -> line(0))));
        assertThatThrownBy(() -> broken.await(Duration.ofMinutes(1))).isInstanceOf(JobStoppedException.class);
    }

    private BatchRequest line(int number) {
        return BatchRequest.chat("line-" + number, "gpt-6-luna", PROMPT + " number " + number);
    }
}
