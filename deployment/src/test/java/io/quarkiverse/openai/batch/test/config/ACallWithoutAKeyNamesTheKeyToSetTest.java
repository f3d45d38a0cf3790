package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class ACallWithoutAKeyNamesTheKeyToSetTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideRuntimeConfigKey("OPENAI_API_KEY", "")
            .overrideRuntimeConfigKey("GROQ_API_KEY", "")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"fast\".provider", "groq");

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    BatchJobs jobs;

    @Inject
    @BatchClient("fast")
    BatchService fast;

    @Inject
    @BatchClient("elsewhere")
    BatchService elsewhere;

    @Test
    void theDefaultClientNamesItsKeyAndTheVariable() {
        assertThatThrownBy(() -> batches.retrieveBatch("batch_1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("No API key for https://api.openai.com/v1: set quarkus.openai-batch.api-key,"
                        + " or the environment variable OPENAI_API_KEY");
    }

    @Test
    void aNamedClientNamesItsOwn() {
        assertThatThrownBy(() -> fast.retrieveBatch("batch_1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("No API key for https://api.groq.com/openai/v1: set quarkus.openai-batch.\"fast\".api-key,"
                        + " or the environment variable GROQ_API_KEY");
    }

    @Test
    void aJobIsRefusedBeforeItsSourceIsRead() {
        assertThatThrownBy(() -> jobs.submit(JobSpec.named("numbers").requests(() -> {
            throw new AssertionError("the source is read");
        }))).isInstanceOf(ConfigurationException.class).hasMessageStartingWith("No API key for https://api.openai.com/v1");
        assertThat(jobs.list(JobQuery.all())).isEmpty();
    }

    @Test
    void aClientThatIsNotConfiguredNamesAllThatItNeeds() {
        assertThatThrownBy(() -> elsewhere.retrieveBatch("batch_1"))
                .hasRootCauseInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.openai-batch.\"elsewhere\".base-url");
    }
}
