package org.acme;

// tag::test[]
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class FirstBatchTest {

    @Inject
    FirstBatch firstBatch;

    @Test
    void isAnswered() throws Exception {
        String id = firstBatch.start(Stream.of("Works well.", "Broke on the first day."));
        firstBatch.read(id);
    }
}
// end::test[]
