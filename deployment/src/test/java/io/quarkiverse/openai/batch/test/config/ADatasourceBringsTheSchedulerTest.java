package io.quarkiverse.openai.batch.test.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Nothing but the datasource is added here; the packaged command line tool shows that an application without one has neither.
 */
class ADatasourceBringsTheSchedulerTest {

    private static final String SCHEDULER = "com.github.kagkarlsson.scheduler.Scheduler";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withEmptyApplication()
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-agroal", Version.getVersion())))
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideConfigKey("quarkus.openai-batch.api-key", "key");

    @Test
    void isThere() {
        assertThatCode(() -> Class.forName(SCHEDULER)).doesNotThrowAnyException();
    }

    /** What fails is in the log of the jobs. */
    @Test
    void logsNothing() {
        assertThat(Logger.getLogger(SCHEDULER).isLoggable(Level.SEVERE)).isFalse();
    }
}
