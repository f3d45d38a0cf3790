package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class JobsInADatasourceNeedOneTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(JobsInADatasourceNeedOneTest.class))
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.store", "datasource")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("add io.quarkus:quarkus-jdbc-postgresql")
                    .hasMessageContaining("jobs.store=directory"));

    @Inject
    BatchJobs jobs;

    @Test
    void neverStarts() {
        fail("The application started");
    }
}
