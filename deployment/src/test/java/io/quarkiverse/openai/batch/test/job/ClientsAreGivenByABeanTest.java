package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.ClientProvider;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class ClientsAreGivenByABeanTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(Customers.class))
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/given-" + UUID.randomUUID());

    @Inject
    BatchJobs jobs;

    private static JobSpec spec(String client) {
        return JobSpec.named("of-" + client).client(client)
                .requests(() -> List.of(BatchRequest.chat("a", "gpt-6-luna", "Text")).stream());
    }

    @Test
    void aNameThatIsNotConfiguredIsAskedForOnce() throws Exception {
        for (int n = 0; n < 2; n++) {
            JobReport report = jobs.submit(spec("customer-7")).await(Duration.ofMinutes(1));
            assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(1);
            assertThat(report.client()).isEqualTo("customer-7");
        }
        assertThat(Customers.asked).filteredOn("customer-7"::equals).hasSize(1);
        assertThat(Customers.asked).doesNotContain("<default>");
    }

    @Test
    void aNameThatNobodyKnowsIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> jobs.submit(spec("nobody"))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The client \"nobody\" is not configured, and no bean of ClientProvider gives it");
        assertThat(jobs.find("of-nobody")).isEmpty();
    }

    @ApplicationScoped
    static class Customers implements ClientProvider {

        static final Queue<String> asked = new ConcurrentLinkedQueue<>();

        @ConfigProperty(name = "quarkus.openai-batch.base-url")
        String emulator;

        @Override
        public Optional<OpenAiBatch> client(String name) {
            asked.add(name);
            return name.startsWith("customer-")
                    ? Optional.of(OpenAiBatch.builder().baseUrl(emulator).apiKey("key-of-" + name).accountId(name)
                            .pollInterval(Duration.ofMillis(100), Duration.ofSeconds(1)).build())
                    : Optional.empty();
        }
    }
}
