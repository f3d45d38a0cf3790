package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelDecodingKeepsTheOrderTest {

    private static final byte[] FILE = Lines.bytes(IntStream.range(0, 3000)
            .mapToObj(i -> i % 100 == 99 ? "damaged" : ResultLines.chat(i)).toArray(String[]::new));

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 5 })
    void ofResults(int threads) {
        try (Stream<BatchResult> results = JsonlReader.results(Lines.stream(FILE)).threads(threads).stream()) {
            assertThat(results.toList()).isEqualTo(Lines.read(Lines.stream(FILE)));
        }
    }

    @Test
    void aDamagedRequestIsThrownWhenItIsItsTurn() {
        byte[] requests = Lines.bytes("{\"custom_id\": \"a\", \"body\": {}}", "{", "{\"custom_id\": \"c\", \"body\": {}}");

        try (CloseableIterator<BatchRequest> iterator = JsonlReader.requests(Lines.stream(requests)).threads(2).iterator()) {
            assertThat(iterator.next().customId()).isEqualTo("a");
            assertThatThrownBy(iterator::next).isInstanceOf(JsonlException.class).hasMessageStartingWith("line 2 ");
            assertThat(iterator.next().customId()).isEqualTo("c");
            assertThat(iterator.hasNext()).isFalse();
        }
    }

    @Test
    void whatWasReadBeforeAFailureIsGivenFirst() {
        InputStream broken = new SequenceInputStream(Lines.stream(FILE), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        });
        List<BatchResult> results = new ArrayList<>();

        assertThatThrownBy(() -> JsonlReader.results(broken).threads(2).forEach(results::add))
                .isInstanceOf(JsonlException.class);
        assertThat(results).hasSize(3000);
    }

    @Test
    void closingEarlyLeavesNoThread() {
        try (Stream<BatchResult> results = JsonlReader.results(Lines.stream(FILE)).threads(3).stream()) {
            assertThat(results.findFirst()).isPresent();
        }

        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().equals("jsonl-decoder"))
                .allSatisfy(thread -> {
                    thread.join(60_000);
                    assertThat(thread.isAlive()).isFalse();
                });
    }
}
