package io.quarkiverse.openai.batch.test.client.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogRecord;

import io.quarkus.test.QuarkusUnitTest;

/** The application of the contract tests: every way to a client, one server, all logging on, and nothing secret in it. */
public final class ContractApplication {

    /** They log what they get, and are not under test. */
    private static final List<String> TEST_SERVER = List.of("org.eclipse.jetty", "org.apache.hc", "com.github.tomakehurst");

    private ContractApplication() {
    }

    /**
     * @param url where the server is, as configuration
     */
    public static QuarkusUnitTest at(String url) {
        QuarkusUnitTest app = new QuarkusUnitTest()
                .withApplicationRoot(archive -> archive.addPackage(Subject.class.getPackage()))
                .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
                .overrideConfigKey("quarkus.log.level", "DEBUG")
                .overrideConfigKey("quarkus.log.console.level", "WARN")
                .overrideConfigKey("quarkus.rest-client.logging.scope", "all")
                .setLogRecordPredicate(ContractApplication::isSuspect)
                .assertLogRecords(records -> assertThat(records).extracting(LogRecord::getMessage).isEmpty());
        TEST_SERVER.forEach(logger -> app.overrideConfigKey("quarkus.log.category.\"" + logger + "\".level", "WARN"));
        client(app, "quarkus.openai-batch.", url);
        client(app, "quarkus.openai-batch.\"named\".", url);
        return app;
    }

    /** An application of the test's own classes, which configures its clients itself. */
    public static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(archive -> archive.addPackage(Subject.class.getPackage()).deleteClass(Subjects.class)
                        .addClasses(classes))
                .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");
    }

    private static void client(QuarkusUnitTest app, String prefix, String url) {
        app.overrideRuntimeConfigKey(prefix + "base-url", url)
                .overrideRuntimeConfigKey(prefix + "api-key", SecretTexts.KEY)
                .overrideRuntimeConfigKey(prefix + "organization", "org-1")
                .overrideRuntimeConfigKey(prefix + "project", "proj-1")
                .overrideRuntimeConfigKey(prefix + "headers.X-Client", "7")
                .overrideRuntimeConfigKey(prefix + "query.scope", "a b")
                .overrideRuntimeConfigKey(prefix + "retry.initial-interval", "0.01S")
                .overrideRuntimeConfigKey(prefix + "retry.max-interval", "0.02S")
                .overrideRuntimeConfigKey(prefix + "retry.jitter", "0")
                .overrideRuntimeConfigKey(prefix + "jobs.poll-interval.min", "0.01S")
                .overrideRuntimeConfigKey(prefix + "jobs.poll-interval.max", "0.02S")
                .overrideRuntimeConfigKey(prefix + "submission.settle", "0.1S");
    }

    /** An error that Mutiny dropped is one too many. */
    private static boolean isSuspect(LogRecord logged) {
        return SecretTexts.isIn(logged) || String.valueOf(logged.getMessage()).contains("had to drop");
    }
}
