package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

class ListingFaultsTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);
    /** Newest first, a minute apart. */
    private final List<String> created = new ArrayList<>();
    private String input;

    @BeforeEach
    void createBatches() {
        input = client.upload(Client.chatLines(1));
        for (int count = 0; count < 10; count++) {
            emulator.clock().advance(Duration.ofMinutes(1));
            created.add(0, client.createBatch(input, "/v1/chat/completions"));
        }
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 404, 405, 501 })
    void aListingCanBeMissing(int status) {
        emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(status).always());
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(client.get("/batches").statusCode()).isEqualTo(status);
        }
        assertThat(client.get("/batches/" + created.get(0)).statusCode()).isEqualTo(200);
    }

    @Test
    void aListingCanCircle() {
        emulator.faults().add(new ListingFault().circling().times(3));
        for (String after : List.of("", "&after=" + created.get(3), "&after=" + created.get(9))) {
            JsonNode page = page("/batches?limit=4" + after);
            assertThat(ids(page)).isEqualTo(created.subList(0, 4));
            assertThat(page.get("last_id").asText()).isEqualTo(created.get(3));
            assertThat(page.get("has_more").asBoolean()).isTrue();
        }
        assertThat(ids(page("/batches?after=" + created.get(8)))).containsExactly(created.get(9));
    }

    @Test
    void aListingCanHaveNoEnd() {
        emulator.faults().add(new ListingFault().endless().always());
        Set<String> seen = new HashSet<>();
        String after = "";
        for (int count = 0; count < 5; count++) {
            JsonNode page = page("/batches?limit=4" + after);
            assertThat(page.get("data")).hasSize(4);
            assertThat(page.get("has_more").asBoolean()).isTrue();
            assertThat(ids(page)).allMatch(seen::add);
            after = "&after=" + page.get("last_id").asText();
        }
        assertThat(seen).hasSize(20).containsAll(created);
    }

    @Test
    void aListingCanLag() {
        emulator.faults().add(new ListingFault().lag(Duration.ofMinutes(3)).always());
        assertThat(listed()).isEqualTo(created.subList(3, 10));
        assertThat(client.get("/batches/" + created.get(0)).statusCode()).isEqualTo(200);
        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(listed()).isEqualTo(created.subList(2, 10));
    }

    @Test
    void aListingCanLeaveOutTheSameBatchesAllTheTime() {
        String fault = emulator.faults().add(new ListingFault().omit(0.5).always());
        List<String> listed = listed();
        assertThat(listed).hasSizeBetween(1, 9);
        assertThat(created).containsAll(listed);
        assertThat(listed()).isEqualTo(listed);
        emulator.faults().remove(fault);
        assertThat(listed()).isEqualTo(created);
        emulator.faults().add(new ListingFault().omit(1));
        assertThat(listed()).isEmpty();
    }

    @Test
    void aListingCanShowAnotherInputFile() {
        emulator.faults().add(new ListingFault().otherInput(1));
        assertThat(page("/batches").get("data").findValuesAsText("input_file_id")).hasSize(10).doesNotContain(input)
                .allMatch(id -> id.startsWith("file-"));
        assertThat(page("/batches").get("data").findValuesAsText("input_file_id")).containsOnly(input);
        assertThat(client.batch(created.get(0)).get("input_file_id").asText()).isEqualTo(input);
    }

    @Test
    void aListingCanBeginWithTheOldest() {
        emulator.faults().add(new ListingFault().oldestFirst().always());
        List<String> ids = new ArrayList<>(ids(page("/batches?limit=6")));
        ids.addAll(ids(page("/batches?limit=6&after=" + ids.get(5))));
        assertThat(ids).containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(n -> created.get(9 - n)).toList());
    }

    @Test
    void severalHappenAtOnce() {
        emulator.addForeignBatches(new ForeignBatches(1, Duration.ofDays(1), null, null));
        emulator.faults().add(new ListingFault().lag(Duration.ofMinutes(3)).always());
        emulator.faults().add(new ListingFault().oldestFirst().always());
        emulator.faults().add(new ListingFault().otherInput(1).skip(1));
        emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).withoutHeader("Date").always());
        List<String> listed = listed();
        assertThat(listed).hasSize(8);
        assertThat(listed.subList(1, 3)).containsExactly(created.get(9), created.get(8));
        assertThat(page("/batches").get("data").findValuesAsText("input_file_id")).doesNotContain(input);
        assertThat(client.get("/batches").headers().firstValue("Date")).isEmpty();
        assertThat(emulator.faults().listingFaults()).extracting(state -> state.happened()).containsExactly(3, 3, 1);
    }

    @Test
    void theListingOfFilesCanMisbehaveToo() {
        String younger = client.upload("x\n");
        emulator.faults().add(new ListingFault().operation(Operation.LIST_FILES).oldestFirst());
        emulator.faults().add(new ListingFault().operation(Operation.LIST_FILES).circling().skip(1));
        emulator.faults().add(new ListingFault().operation(Operation.LIST_FILES).lag(Duration.ofMinutes(1)).skip(2));
        emulator.faults().add(new ListingFault().operation(Operation.LIST_FILES).endless().skip(3));
        assertThat(ids(page("/files?purpose=batch"))).containsExactly(input, younger);
        assertThat(ids(page("/files?purpose=batch&limit=1&after=" + younger))).containsExactly(younger);
        assertThat(ids(page("/files?purpose=batch"))).containsExactly(input);
        assertThat(ids(page("/files?purpose=batch&limit=100"))).hasSize(100).startsWith(younger, input);
        assertThat(ids(page("/files?purpose=batch"))).containsExactly(younger, input);
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        for (ListingFault fault : List.of(new ListingFault().omit(2), new ListingFault().lag(Duration.ofSeconds(-1)),
                new ListingFault().operation(Operation.CREATE_BATCH), new ListingFault().circling().endless(),
                new ListingFault().operation(Operation.LIST_FILES).otherInput(1))) {
            assertThatThrownBy(() -> emulator.faults().add(fault)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private JsonNode page(String path) {
        return Client.json(client.get(path));
    }

    private List<String> listed() {
        return ids(page("/batches"));
    }

    private static List<String> ids(JsonNode page) {
        return page.get("data").findValuesAsText("id");
    }
}
