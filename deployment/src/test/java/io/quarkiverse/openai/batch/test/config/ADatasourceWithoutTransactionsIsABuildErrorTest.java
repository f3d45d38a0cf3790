package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

class ADatasourceWithoutTransactionsIsABuildErrorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(ADatasourceWithoutTransactionsIsABuildErrorTest.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-jdbc-postgresql", Version.getVersion())))
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideConfigKey("quarkus.datasource.jdbc.transactions", "disabled")
            .overrideConfigKey("quarkus.datasource.db-kind", "postgresql")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:1/none")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("Datasource <default> has jdbc.transactions=disabled")
                    .hasStackTraceContaining("jobs.store=directory")
                    .hasStackTraceContaining("DeploymentException"));

    @Inject
    BatchJobs jobs;

    @Test
    void neverStarts() {
        fail("The application was built");
    }
}
