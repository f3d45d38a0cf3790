package io.quarkiverse.openai.batch.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkus.test.QuarkusUnitTest;

/** Where nothing is polled for an hour, a job ends because it was called. */
class TheDevServiceCallsTheWebhookTest {

    private static final String PORT = "quarkus.http.test-port";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .setBeforeAllCustomizer(() -> System.setProperty(PORT, Integer.toString(freePort())))
            .setAfterAllCustomizer(() -> System.setProperty(PORT, "0"))
            .overrideConfigKey("quarkus.http.root-path", "/shop")
            .overrideConfigKey("quarkus.openai-batch.webhook.path", "/hooks/batch")
            .overrideConfigKey("quarkus.openai-batch.webhook.secrets",
                    "whsec_QSBzZWNyZXQgb2YgdHdlbnR5LWZvdXIgYnl0ZXMh,whsec_VGhlIGVhcmxpZXIgb25lLCBvZiBzb21lIGxlbmd0aA==")
            .overrideConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "1H")
            .overrideConfigKey("quarkus.openai-batch.jobs.poll-interval.max", "1H");

    @Inject
    BatchJobs jobs;

    /** The dev service starts before the application has a port. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whenABatchHasEnded() throws Exception {
        var job = jobs.submit(JobSpec.named("called").requests(() -> Stream.of(BatchRequest.chat("1", "m", "Hello"))));
        assertThat(job.await(Duration.ofMinutes(2)).state()).isEqualTo(JobState.FINISHED);
    }
}
