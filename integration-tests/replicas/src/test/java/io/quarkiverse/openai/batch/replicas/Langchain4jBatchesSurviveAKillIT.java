package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** The four methods, in another process than the one that submitted and was killed by {@code kill -9}. */
class Langchain4jBatchesSurviveAKillIT {

    private static final int REQUESTS = 2_500;

    private final Cluster cluster = new Cluster(EmulatorOptions.builder().speed(100));

    @AfterEach
    void close() {
        cluster.close();
    }

    private JsonNode ended(Replica replica, String batch) {
        JsonNode[] latest = new JsonNode[1];
        Cluster.until("the end of " + batch, Duration.ofMinutes(3), () -> {
            latest[0] = cluster.get(replica, "/chats/" + batch, 60);
            return List.of("SUCCEEDED", "CANCELLED", "FAILED").contains(latest[0].get("state").asText());
        });
        return latest[0];
    }

    private static List<String> texts(JsonNode batch) {
        return IntStream.range(0, batch.get("texts").size()).mapToObj(n -> batch.get("texts").get(n).asText()).toList();
    }

    @Test
    void anotherProcessRetrievesListsAndCancelsThem() throws Exception {
        Replica submitter = cluster.start(Map.of());
        String first = submitter.call("POST", "/chats?requests=" + REQUESTS, 60).body();
        submitter.kill();

        Replica second = cluster.start(Map.of());
        assertThat(second.call("GET", "/chats/" + first, 60).body()).doesNotContain("FAILED");
        String cancelled = second.call("POST", "/chats?requests=" + REQUESTS, 60).body();
        Cluster.until("it is under way", Duration.ofMinutes(1), () -> cluster.count(
                "SELECT count(*) FROM openai_batch_chunks WHERE state = 'WATCHED' AND job = '" + cancelled + "'") > 0);
        second.kill();

        Replica third = cluster.start(Map.of());
        assertThat(third.call("DELETE", "/chats/" + cancelled, 60).statusCode()).isEqualTo(204);
        JsonNode end = ended(third, first);
        assertThat(end.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(texts(end)).isEqualTo(IntStream.range(0, REQUESTS).mapToObj(n -> "Number " + n).toList());
        JsonNode endOfOther = ended(third, cancelled);
        assertThat(endOfOther.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(endOfOther.get("texts").size() + endOfOther.get("errors").asInt()).isEqualTo(REQUESTS);
        assertThat(third.call("GET", "/chats", 60).body()).contains(first, cancelled);
        assertThat(cluster.emulator.ledger().summary().paid()).isEqualTo(REQUESTS + endOfOther.get("texts").size());
    }
}
