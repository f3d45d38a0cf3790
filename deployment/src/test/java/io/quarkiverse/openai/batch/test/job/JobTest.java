package io.quarkiverse.openai.batch.test.job;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import io.quarkus.test.QuarkusUnitTest;

/** A test of jobs: an application for the whole class, a bench for each test. */
@ExtendWith(JobTest.Application.class)
abstract class JobTest {

    /** What built clients need of Quarkus. */
    static final class Application extends QuarkusUnitTest {

        Application() {
            withApplicationRoot(app -> app.addClasses(JobTest.class, HandlerTest.class, JobBench.class, StoreProbe.class));
            overrideConfigKey("quarkus.http.test-port", "0");
            overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");
        }
    }

    JobBench bench;

    @BeforeEach
    final void open() {
        bench = new JobBench();
    }

    /** Replaces the bench by one whose batches run at this speed. */
    final void pace(double pace) {
        bench.close();
        bench = new JobBench(pace);
    }

    @AfterEach
    final void close() {
        bench.close();
    }
}
