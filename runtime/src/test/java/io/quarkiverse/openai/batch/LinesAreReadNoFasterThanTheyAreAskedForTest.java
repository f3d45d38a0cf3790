package io.quarkiverse.openai.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.reactive.JsonlMulti;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

class LinesAreReadNoFasterThanTheyAreAskedForTest {

    private static final byte[] RESULTS = IntStream.range(0, 10_000)
            .mapToObj("{\"custom_id\":\"%d\",\"response\":{\"status_code\":200,\"body\":{}}}"::formatted)
            .collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);

    @Test
    void aSubscriberGetsAsManyAsItAsksFor() {
        AssertSubscriber<BatchResult> subscriber = JsonlMulti.of(results()).subscribe()
                .withSubscriber(AssertSubscriber.create(0));
        subscriber.awaitSubscription().request(3);
        subscriber.awaitItems(3);
        assertThat(subscriber.getItems()).extracting(BatchResult::customId).containsExactly("0", "1", "2");
        subscriber.cancel();
    }

    @Test
    void allOfThemInOrder() {
        assertThat(JsonlMulti.of(results()).map(BatchResult::customId).collect().asList().await().indefinitely())
                .hasSize(10_000).startsWith("0", "1").endsWith("9999");
    }

    private static JsonlReader<BatchResult> results() {
        return JsonlReader.results(new ByteArrayInputStream(RESULTS));
    }
}
