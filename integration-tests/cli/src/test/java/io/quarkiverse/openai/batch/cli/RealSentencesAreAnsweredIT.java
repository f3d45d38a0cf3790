package io.quarkiverse.openai.batch.cli;

import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;

/** Packaged, with the small heap that {@code quarkus.test.arg-line} leaves it, the emulator included. */
@QuarkusMainIntegrationTest
class RealSentencesAreAnsweredIT extends RealSentencesAreAnsweredTest {
}
