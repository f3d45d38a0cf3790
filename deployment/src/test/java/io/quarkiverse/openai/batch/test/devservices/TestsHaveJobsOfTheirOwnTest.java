package io.quarkiverse.openai.batch.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkus.test.QuarkusUnitTest;

/** Each start of a test begins without jobs, so that a fixed name of a job works each time. */
class TestsHaveJobsOfTheirOwnTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    BatchJobs jobs;

    @Test
    void aJobWithAFixedNameRuns() {
        Path directory = Path.of(ConfigProvider.getConfig().getValue("quarkus.openai-batch.jobs.directory", String.class));
        assertThat(directory).isAbsolute().doesNotExist();
        assertThat(directory.getParent()).endsWithRaw(Path.of("openai-batch", "test-jobs"));

        assertThat(jobs.list(JobQuery.all())).isEmpty();
        List<BatchRequest> lines = List.of(BatchRequest.of("1", ChatBody.of("gpt-6-luna").user("hello")));
        assertThat(jobs.submit(JobSpec.named("fixed").requests(lines::stream)).await().state()).isEqualTo(JobState.FINISHED);
        assertThat(directory).isDirectory();
    }
}
