package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** The way out that {@link ADatasourceWithoutTransactionsIsABuildErrorTest} names, in capitals as other keys take it. */
class ADatasourceWithoutTransactionsIsForJobsInADirectoryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-jdbc-postgresql", Version.getVersion())))
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideConfigKey("quarkus.openai-batch.jobs.store", "DIRECTORY")
            .overrideConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/untransacted-" + UUID.randomUUID())
            .overrideConfigKey("quarkus.openai-batch.api-key", "key")
            .overrideConfigKey("quarkus.datasource.jdbc.transactions", "disabled")
            .overrideConfigKey("quarkus.datasource.db-kind", "postgresql")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:1/none");

    @Inject
    BatchJobs jobs;

    @Test
    void starts() {
        assertThat(jobs.list(JobQuery.all())).isEmpty();
    }
}
