package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkus.test.QuarkusUnitTest;

/** It starts, reads jobs, says who runs them, and takes over. */
class ASecondProcessStandsByTest {

    private static final Path ROOT = Path.of("target", "jobs", "stand-by-" + ProcessHandle.current().pid());
    /** A system property with the lock of another process: this class is loaded twice. */
    private static final String HOLDER = "test.holder";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> System.getProperties().put(HOLDER, JobDirectory.open(ROOT)))
            .withApplicationRoot(app -> app.addClass(ASecondProcessStandsByTest.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", ROOT.toString());

    @Inject
    BatchJobs jobs;

    @Test
    void untilTheDirectoryIsFree() throws Exception {
        JobSpec spec = JobSpec.named("numbers")
                .requests(() -> Stream.of(BatchRequest.chat("line", "gpt-6-luna", "Number")));
        assertThat(jobs.list(JobQuery.all())).isEmpty();
        assertThat(jobs.find("numbers")).isEmpty();
        assertThatThrownBy(() -> jobs.submit(spec)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ROOT.toAbsolutePath().toString()).hasMessageContaining("in use by")
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        ((AutoCloseable) System.getProperties().remove(HOLDER)).close();
        Awaitility.await("it takes over by itself").atMost(Duration.ofSeconds(20)).until(ASecondProcessStandsByTest::isHeld);
        assertThat(jobs.submit(spec).await(Duration.ofMinutes(1)).state()).isEqualTo(JobState.FINISHED);
    }

    private static boolean isHeld() {
        try (JobDirectory free = JobDirectory.open(ROOT)) {
            return false;
        } catch (IllegalStateException held) {
            return true;
        }
    }
}
