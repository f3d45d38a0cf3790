package io.quarkiverse.openai.batch.runtime.job.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RawJson;
import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.LocalFile;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;

class SpoolCutsLinesIntoChunksTest {

    @TempDir
    Path root;

    private SpoolBench bench;

    @BeforeEach
    void open() {
        bench = new SpoolBench(root);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    private List<ChunkRow> spool(LineLimits limits, Stream<BatchRequest> requests) throws IOException {
        List<BatchRequest> all = requests.toList();
        return bench.spool("numbers", limits, all::stream);
    }

    private static <T> List<T> inputs(List<ChunkRow> chunks, Function<ChunkRow.Input, T> of) {
        return chunks.stream().map(ChunkRow::input).map(of).toList();
    }

    @Test
    void asTheWriterWouldWriteThem() throws Exception {
        List<ChunkRow> chunks = spool(LineLimits.OPENAI.withRequests(100), requests(250));

        List<RequestFile> files = new ArrayList<>();
        Path written = Files.createDirectory(root.resolve("written"));
        RequestWriter.withLimits(LineLimits.OPENAI.withRequests(100)).estimatingTokens(TokenEstimator.ruleOfThumb())
                .split(requests(250).iterator(), number -> written.resolve(number + ".jsonl")).forEachRemaining(files::add);
        assertThat(inputs(chunks, ChunkRow.Input::sha256)).isEqualTo(files.stream().map(RequestFile::sha256).toList());
        assertThat(inputs(chunks, ChunkRow.Input::tokens)).isEqualTo(files.stream().map(RequestFile::tokens).toList());
        assertThat(inputs(chunks, ChunkRow.Input::answerTokens))
                .isEqualTo(files.stream().map(RequestFile::answerTokens).toList());
        for (ChunkRow chunk : chunks) {
            try (LocalFile spooled = bench.directory.local("numbers", chunk.file(ChunkFile.REQUESTS))) {
                assertThat(spooled.path()).hasSameBinaryContentAs(files.get(chunk.number() - 1).path());
            }
            try (Stream<String> ids = CustomIdLines.of(bench.directory, chunk)) {
                assertThat(ids).hasSize((int) chunk.input().lines()).first()
                        .isEqualTo("line-" + 100 * (chunk.number() - 1));
            }
        }
        assertThat(bench.store.job("numbers").orElseThrow().endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(bench.store.job("numbers").orElseThrow().spooled()).isTrue();
    }

    @Test
    void byLinesBytesTokensAndInputs() throws Exception {
        long line = BatchRequest.chat("line-0", "gpt-6-luna", "Number 0").toLine().length;
        assertThat(lines("bytes", LineLimits.OPENAI.withBytes(3 * line), requests(7))).containsExactly(3L, 3L, 1L);
        assertThat(lines("tokens", LineLimits.OPENAI.withTokens(20), requests(7))).containsExactly(3L, 3L, 1L);
        assertThat(lines("inputs", LineLimits.OPENAI.withEmbeddingInputs(4), IntStream.range(0, 5)
                .mapToObj(n -> BatchRequest.of("line-" + n, EmbeddingsBody.of("m").input(List.of("a", "b"))))))
                .containsExactly(2L, 2L, 1L);
    }

    private List<Long> lines(String job, LineLimits limits, Stream<BatchRequest> requests) throws IOException {
        List<BatchRequest> all = requests.toList();
        return inputs(bench.spool(job, limits, all::stream), ChunkRow.Input::lines);
    }

    @Test
    void aLineWithMoreTokensThanAChunkIsAChunkByItself() throws Exception {
        assertThat(lines("long", LineLimits.OPENAI.withTokens(20), Stream.of(BatchRequest.chat("a", "m", "short"),
                BatchRequest.chat("b", "m", "x".repeat(400)), BatchRequest.chat("c", "m", "short"))))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void byModelHoweverManyThereAreInTurn() throws Exception {
        for (int models : new int[] { 17, 1_000 }) {
            List<ChunkRow> chunks = bench.spool("of " + models, LineLimits.OPENAI, () -> IntStream.range(0, models * 100)
                    .mapToObj(n -> BatchRequest.chat("line-" + n, "model-" + n % models, "x")));

            assertThat(inputs(chunks, ChunkRow.Input::lines)).hasSize(models).containsOnly(100L);
            assertThat(inputs(chunks, ChunkRow.Input::model).subList(0, 3)).containsExactly("model-0", "model-1", "model-2");
            ChunkRow last = chunks.get(models - 1);
            try (LocalFile spooled = bench.directory.local(last.job(), last.file(ChunkFile.REQUESTS))) {
                assertThat(spooled.path()).hasSize(last.input().bytes());
            }
            try (Stream<String> ids = CustomIdLines.of(bench.directory, last)) {
                assertThat(ids).hasSize(100).first().isEqualTo("line-" + (models - 1));
            }
        }
    }

    @Test
    void asTheyWereBegunAlthoughTheLimitsHaveChanged() throws Exception {
        List<BatchRequest> all = requests(250).toList();
        assertThatThrownBy(() -> bench.spool("numbers", LineLimits.OPENAI.withRequests(100),
                () -> Stream.concat(all.stream().limit(220), Stream.of(all.get(0))))).isInstanceOf(SourceException.class);
        assertThat(bench.store.chunks("numbers")).hasSize(2);
        assertThat(lines("numbers", LineLimits.OPENAI.withRequests(30).withBytes(1), all.stream()))
                .containsExactly(100L, 100L, 50L);
    }

    @Test
    void andTellsHowManyWereReadUntilNow() throws Exception {
        List<Long> read = new ArrayList<>();
        bench.spool("numbers", LineLimits.OPENAI,
                () -> requests(250).peek(request -> read.add(bench.sources.linesRead("numbers"))));
        assertThat(read.get(99)).isZero();
        assertThat(read.get(100)).isEqualTo(100);
        assertThat(read.get(249)).isEqualTo(200);
        assertThat(bench.sources.linesRead("numbers")).isZero();
    }

    @Test
    void theCanaryByItself() throws Exception {
        bench.guard = new Guard(0, null, 5, 0.1);
        assertThat(lines("numbers", LineLimits.OPENAI.withRequests(10), requests(22))).containsExactly(5L, 10L, 7L);
    }

    @Test
    void answersByTheirLimitOrElseTheirPrompt() throws Exception {
        List<ChunkRow> chunks = spool(LineLimits.OPENAI, Stream.of(
                BatchRequest.of("a", ChatBody.of("m").user("x".repeat(40)).maxCompletionTokens(500)),
                BatchRequest.of("b", ChatBody.of("m").user("x".repeat(40)))));

        assertThat(inputs(chunks, ChunkRow.Input::tokens)).containsExactly(28L);
        assertThat(inputs(chunks, ChunkRow.Input::answerTokens)).containsExactly(514L);
    }

    @Test
    void theSameAgainAfterARestart() throws Exception {
        List<ChunkRow> before = spool(LineLimits.OPENAI.withRequests(100), requests(250));

        assertThat(spool(LineLimits.OPENAI.withRequests(100), requests(250))).isEqualTo(before);
        assertThatThrownBy(() -> spool(LineLimits.OPENAI.withRequests(100), requests(250).skip(1)))
                .isInstanceOf(SourceException.class).hasMessageContaining("chunk 1 differ");
        assertThatThrownBy(() -> spool(LineLimits.OPENAI.withRequests(100), requests(200)))
                .isInstanceOf(SourceException.class).hasMessageContaining("fewer lines");
    }

    @Test
    void withoutALineThatUtf8CannotCarry() {
        for (BatchRequest wrong : List.of(BatchRequest.chat("\ud800", "m", "x"), BatchRequest.chat("b", "m", "x\udc00"))) {
            assertThatThrownBy(() -> spool(LineLimits.OPENAI, Stream.of(BatchRequest.chat("a", "m", "x"), wrong)))
                    .isInstanceOf(SourceException.class).hasMessageContaining("line 2 of its source")
                    .hasMessageContaining("breaks the rule SURROGATE");
        }
    }

    @Test
    void noneOfWhichStaysIfALineIsWrong() throws Exception {
        assertThatThrownBy(() -> spool(LineLimits.OPENAI.withRequests(100),
                Stream.concat(requests(150), requests(1)))).isInstanceOf(SourceException.class)
                .hasMessage("line 151 of its source, custom_id \"line-0\", breaks the rule CUSTOM_ID_DOUBLE: custom_id is that "
                        + "of an earlier request; make it unique in the file: results are told apart by it alone. Fix the line, then "
                        + "submit the job again");
        assertThat(bench.store.chunks("numbers")).hasSize(1);
        try (Stream<Path> files = Files.list(bench.directory.of("numbers"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).hasSize(1);
        }
    }

    @Test
    void aLineWithoutARouteCallsTheEndpointOfItsBody() throws Exception {
        spool(LineLimits.OPENAI, Stream.of(BatchRequest.bare("a", EmbeddingsBody.of("m").input("x"))));

        assertThat(bench.store.job("numbers").orElseThrow().endpoint()).isEqualTo("/v1/embeddings");
        assertThatThrownBy(() -> bench.spool("raw", LineLimits.OPENAI,
                () -> Stream.of(BatchRequest.bare("a", RawJson.of("{}"))))).isInstanceOf(SourceException.class)
                .hasMessageContaining("breaks the rule URL: url is missing");
        assertThatThrownBy(() -> bench.spool("mixed", LineLimits.OPENAI,
                () -> Stream.of(BatchRequest.bare("a", EmbeddingsBody.of("m").input("x")), BatchRequest.chat("b", "m", "x"))))
                .isInstanceOf(SourceException.class).hasMessageContaining("breaks the rule URL: url is another");
    }
}
