package io.quarkiverse.openai.batch.cli;

import java.nio.file.Path;

import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;

/** All of them, packaged, with the small heap that {@code quarkus.test.arg-line} leaves it, the emulator included. */
@QuarkusMainIntegrationTest
class RealSentencesAreAnsweredIT extends RealSentencesAreAnsweredTest {

    @Override
    Path sentences() {
        return ALL;
    }

    @Override
    int batches() {
        return 2;
    }
}
