package io.quarkiverse.openai.batch.it;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The serializers that Quarkus REST can generate for what endpoints return and take. */
@QuarkusTest
@TestProfile(ReflectionFreeJacksonReturnsABatchTest.ReflectionFree.class)
class ReflectionFreeJacksonReturnsABatchTest extends ApplicationGoesThroughTheLifeOfABatchTest {

    public static class ReflectionFree implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.rest.jackson.optimization.enable-reflection-free-serializers", "true");
        }
    }
}
