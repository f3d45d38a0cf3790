package io.quarkiverse.openai.batch.it;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ApplicationRunsJobsIT extends ApplicationRunsJobsTest {
}
