package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsAreJoinedByCustomIdTest {

    private static final int REQUESTS = 5000;

    @TempDir
    Path directory;

    /** edubruell/tidyllm #37, curator PR #289: results were matched by position. */
    @Test
    void whateverTheirOrder() throws IOException {
        Path requests = requests(IntStream.range(0, REQUESTS).mapToObj(ResultLines::customId).toArray(String[]::new));
        List<String> lines = new ArrayList<>(IntStream.range(0, REQUESTS).mapToObj(ResultLines::chat).toList());
        Collections.shuffle(lines, new Random(7));
        Path output = results("output.jsonl", lines.subList(0, 3000).toArray(String[]::new));
        Path more = results("more.jsonl", lines.subList(3000, REQUESTS - 1).toArray(String[]::new));
        String left = Lines.read(lines.get(REQUESTS - 1)).customId();

        try (ResultIndex index = ResultIndex.of(output, more); Stream<RequestResult> joined = index.join(requests)) {
            int[] number = new int[1];
            joined.forEach(pair -> {
                String id = ResultLines.customId(number[0]++);
                assertThat(pair.request().customId()).isEqualTo(id);
                assertThat(pair.result().customId()).isEqualTo(id);
                assertThat(pair.result().outcome()).isEqualTo(id.equals(left) ? Outcome.MISSING : Outcome.SUCCEEDED);
            });
            assertThat(number[0]).isEqualTo(REQUESTS);
            assertThat(index.foreign()).isZero();
            assertThat(index.doubles()).isZero();
        }
    }

    @Test
    void aResultIsTheLineItWas() throws IOException {
        Path output = results("output.jsonl", "\uFEFF" + ResultLines.chat(1), "", ResultLines.embedding(2, 8));

        try (ResultIndex index = ResultIndex.of(output)) {
            assertThat(index.find(ResultLines.customId(1))).isEqualTo(Lines.read(ResultLines.chat(1)));
            assertThat(index.find(ResultLines.customId(2)).position())
                    .isEqualTo(new LinePosition("output.jsonl", 3, ResultLines.chat(1).length() + byteExcess(output)));
        }
    }

    private static long byteExcess(Path output) throws IOException {
        byte[] bytes = Files.readAllBytes(output);
        int newlines = 0;
        int at = 0;
        while (newlines < 2) {
            newlines += bytes[at++] == '\n' ? 1 : 0;
        }
        return at - ResultLines.chat(1).length();
    }

    @Test
    void theFirstThatSucceededCountsElseTheOutputFileElseTheLast() throws IOException {
        Path output = results("output.jsonl", failed("first-2xx", 500), succeeded("first-2xx", "one"),
                succeeded("first-2xx", "two"), failed("output-file", 400), failed("last", 400), failed("last", 500),
                "{\"custom_id\": \"malformed\", \"response\"");
        Path errors = results("errors.jsonl", failed("first-2xx", 500), failed("output-file", 500),
                failed("malformed", 400), succeeded("error-file", "three"));

        try (ResultIndex index = ResultIndex.of(output, errors)) {
            assertThat(index.find("first-2xx").text()).isEqualTo("one");
            assertThat(index.find("output-file").statusCode()).isEqualTo(400);
            assertThat(index.find("last").statusCode()).isEqualTo(500);
            assertThat(index.find("malformed").statusCode()).isEqualTo(400);
            assertThat(index.find("error-file").text()).isEqualTo("three");
            assertThat(index.size()).isEqualTo(5);
            assertThat(index.doubles()).isEqualTo(6);
        }
    }

    @Test
    void foreignAndUnidentifiedLinesAreCounted() throws IOException {
        Path requests = requests("a", "b");
        Path output = results("output.jsonl", succeeded("b", "x"), succeeded("stranger", "x"), "{}", "garbage");

        try (ResultIndex index = ResultIndex.of(output); Stream<RequestResult> joined = index.join(requests)) {
            assertThat(joined).extracting(pair -> pair.result().outcome()).containsExactly(Outcome.MISSING,
                    Outcome.SUCCEEDED);
            assertThat(index.foreign()).isEqualTo(1);
            assertThat(index.unidentified()).isEqualTo(2);
        }
    }

    @Test
    void aFileThatIsNotThereIsItsOwnError() {
        assertThatThrownBy(() -> ResultIndex.of(directory.resolve("none.jsonl"))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("none.jsonl");
    }

    /** 567-labs/instructor PR #2657: only the output file was read. */
    @Test
    void outputAndErrorFileAreReadAsOneSequence() throws IOException {
        Path output = results("output.jsonl", succeeded("a", "x"));
        Path errors = results("errors.jsonl", failed("b", 400));

        try (Stream<BatchResult> results = JsonlReader.results(output, errors).stream()) {
            assertThat(results).extracting(BatchResult::customId).containsExactly("a", "b");
        }
    }

    private Path requests(String... ids) {
        Path file = directory.resolve("requests.jsonl");
        RequestWriter.withLimits(LineLimits.OPENAI).write(Stream.of(ids).map(id -> BatchRequest.chat(id, "m", "x")), file);
        return file;
    }

    private Path results(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), Lines.bytes(lines));
    }

    private static String succeeded(String id, String text) {
        return "{\"custom_id\": \"" + id + "\", \"response\": {\"status_code\": 200, \"body\": {\"choices\": [{\"text\": \""
                + text + "\"}]}}}";
    }

    private static String failed(String id, int status) {
        return "{\"custom_id\": \"" + id + "\", \"response\": {\"status_code\": " + status + ", \"body\": {}}}";
    }
}
