package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.QuarkusUnitTest;

/** When the application stops, no handler is called with beans that are closed. */
class HandlersAreStoppedBeforeTheirBeansTest {

    /** System properties, since the listener has another class loader than the application. */
    private static final String CALLS = "test.handler.calls";
    private static final String LATE = "test.handler.late";
    private static final String ENDED = "test.handler.ended";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(Handlers.class, Database.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/stop-" + UUID.randomUUID())
            .setAfterUndeployListener(() -> {
                assertThat(Integer.getInteger(CALLS)).isPositive();
                assertThat(System.getProperty(LATE)).isNull();
                assertThat(System.getProperty(ENDED)).isEqualTo("interrupted");
            });

    @Inject
    BatchJobs jobs;

    @Test
    void aHandlerIsInterrupted() {
        jobs.submit(JobSpec.named("numbers").requests(() -> IntStream.range(0, 500)
                .mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n))));
        Awaitility.await("it is called").until(() -> Integer.getInteger(CALLS, 0) > 0);
    }

    @ApplicationScoped
    static class Database {

        private final CountDownLatch calledLate = new CountDownLatch(1);
        private volatile boolean closed;

        void store(String id) {
            System.setProperty(CALLS, Integer.toString(Integer.getInteger(CALLS, 0) + 1));
            if (closed) {
                System.setProperty(LATE, id);
                calledLate.countDown();
                throw new IllegalStateException("closed");
            }
        }

        /** As beans do that close what they use. */
        void stop(@Observes ShutdownEvent stop) throws InterruptedException {
            closed = true;
            // time for twenty calls, of a handler that was not stopped before
            calledLate.await(1, TimeUnit.SECONDS);
        }

        @PreDestroy
        void close() {
            closed = true;
        }
    }

    static class Handlers {

        @Inject
        Database database;

        @OnBatchResult("numbers")
        void store(BatchResult result) throws InterruptedException {
            database.store(result.customId());
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                System.setProperty(ENDED, "interrupted");
                throw e;
            }
        }
    }
}
