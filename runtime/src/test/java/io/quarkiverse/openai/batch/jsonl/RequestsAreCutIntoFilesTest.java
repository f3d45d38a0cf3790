package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsAreCutIntoFilesTest {

    @TempDir
    Path directory;

    @Test
    void aTextThatUtf8CannotCarryIsRefusedByItsLine() {
        for (BatchRequest wrong : List.of(BatchRequest.chat("\ud800", "m", "x"), BatchRequest.chat("b", "m", "x\udc00y"),
                BatchRequest.of("b", EmbeddingsBody.of("m").input(List.of("\ud83d", "\ude00"))),
                BatchRequest.bare("b", RawJson.of("{\"x\":\"\\ud800\"}")))) {
            Path file = directory.resolve("wrong.jsonl");
            assertThatThrownBy(() -> RequestWriter.withLimits(LineLimits.NONE)
                    .write(Stream.of(BatchRequest.chat("a", "m", "x"), wrong), file))
                    .isInstanceOf(JsonlException.class).hasMessageContaining("half of a surrogate pair")
                    .hasMessageContaining(":2");
        }
        assertThatThrownBy(() -> RawJson.of("{\"x\":\"\ud800\"}")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half of a surrogate pair");
    }

    @Test
    void atTheNumberOfRequests() {
        assertThat(split(LineLimits.NONE.withRequests(4), requests(10))).extracting(RequestFile::lines)
                .containsExactly(4L, 4L, 2L);
    }

    @Test
    void atTheBytesButNoSooner() throws Exception {
        long line = split(LineLimits.NONE, requests(1)).get(0).bytes();
        Files.delete(directory.resolve("0.jsonl"));

        List<RequestFile> files = split(LineLimits.NONE.withBytes(3 * line), requests(7));

        assertThat(files).extracting(RequestFile::bytes).containsExactly(3 * line, 3 * line, line);
        assertThat(files).allSatisfy(file -> assertThat(Files.size(file.path())).isEqualTo(file.bytes()));
    }

    @Test
    void atTheEmbeddingInputs() {
        Stream<BatchRequest> requests = IntStream.range(0, 5)
                .mapToObj(i -> BatchRequest.of("r" + i, EmbeddingsBody.of("m").input(List.of("a", "b"))));

        assertThat(split(LineLimits.NONE.withEmbeddingInputs(5), requests)).extracting(RequestFile::embeddingInputs)
                .containsExactly(4L, 4L, 2L);
    }

    @Test
    void atTheTokens() {
        Stream<BatchRequest> requests = IntStream.range(0, 5)
                .mapToObj(i -> BatchRequest.of("r" + i, EmbeddingsBody.of("m").input("x".repeat(40))));

        assertThat(split(LineLimits.NONE.withTokens(25), requests)).extracting(RequestFile::tokens)
                .containsExactly(20L, 20L, 10L);
    }

    @Test
    void atAnotherModelWhereOneIsTheRule() {
        List<BatchRequest> requests = List.of(BatchRequest.chat("a", "m", "x"), BatchRequest.chat("b", "n", "x"),
                BatchRequest.chat("c", "n", "x"));

        assertThat(split(LineLimits.OPENAI, requests.stream())).extracting(RequestFile::model).containsExactly("m", "n");
        deleteFiles();
        assertThat(split(LineLimits.NONE, requests.stream())).hasSize(1);
    }

    @Test
    void theLinesAreAllThereInTheirOrder() {
        List<RequestFile> files = split(LineLimits.NONE.withRequests(3), requests(10));

        Path[] paths = files.stream().map(RequestFile::path).toArray(Path[]::new);
        try (Stream<BatchRequest> read = JsonlReader.requests(paths).stream()) {
            assertThat(read).extracting(BatchRequest::customId)
                    .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "r" + i).toList());
        }
    }

    @Test
    void eachWhenItIsAskedForAndNoRequestSooner() {
        List<Integer> made = new ArrayList<>();
        Iterator<BatchRequest> requests = IntStream.range(0, 1000).mapToObj(i -> {
            made.add(i);
            return BatchRequest.chat("r" + i, "m", "x");
        }).iterator();

        Iterator<RequestFile> files = RequestWriter.withLimits(LineLimits.NONE.withRequests(10)).split(requests, this::path);

        assertThat(made).hasSizeLessThan(2);
        files.next();
        assertThat(made).hasSizeLessThan(13);
        assertThat(path(1)).doesNotExist();
        files.next();
        assertThat(path(1)).exists();
    }

    @Test
    void withTheirDigest() throws Exception {
        RequestFile file = split(LineLimits.NONE, requests(500)).get(0);

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.path()));
        assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void aRequestBeyondALimitByItselfIsAnErrorAndLeavesNoFile() {
        RequestWriter writer = RequestWriter.withLimits(LineLimits.NONE.withBytes(500));
        Iterator<RequestFile> files = writer.split(
                List.of(BatchRequest.chat("a", "m", "x"), BatchRequest.chat("b", "m", "x".repeat(500))).iterator(), this::path);

        assertThat(files.next().lines()).isEqualTo(1);
        assertThatThrownBy(files::next).isInstanceOf(JsonlException.class).hasMessage(
                "1.jsonl:1: the request alone is beyond the file's limit of bytes; shorten the request, or split it");
        assertThat(path(1)).doesNotExist();
    }

    @Test
    void oneFileThatMayNotBeCutIsAnErrorThatNamesTheLine() {
        assertThatThrownBy(() -> RequestWriter.withLimits(LineLimits.NONE.withRequests(3)).write(requests(10), path(0)))
                .isInstanceOf(JsonlException.class)
                .hasMessage("0.jsonl:4: the request is beyond the file's limit of requests; cut it into several files");
        assertThat(path(0)).doesNotExist();
    }

    /** llm-d-batch-gateway #147, sglang #1415: a double custom_id was accepted, and answers were mixed up. */
    @Test
    void aDoubleCustomIdIsRefused() {
        assertThatThrownBy(() -> split(LineLimits.NONE, Stream.concat(requests(3), requests(1))))
                .isInstanceOf(JsonlException.class)
                .hasMessageStartingWith("0.jsonl:4: custom_id is that of an earlier request");
    }

    @Test
    void whatNoProviderTakesIsRefused() {
        LineLimits limits = LineLimits.NONE.withCustomIdLength(3).withLineBytes(500).withMetadata(16);
        for (BatchRequest request : List.of(
                BatchRequest.of("a", ChatBody.of("m").user("x").with("stream", true)),
                BatchRequest.of("a", ChatBody.of("m").user("x").metadata(Map.of("k".repeat(65), "v"))),
                new BatchRequest("a", "GET", "/v1/responses", Map.of()),
                BatchRequest.chat("long", "m", "x"), BatchRequest.chat("a", "m", "x".repeat(500)),
                BatchRequest.bare("a", List.of(1)))) {
            assertThatThrownBy(() -> split(limits, Stream.of(request))).isInstanceOf(JsonlException.class)
                    .hasMessageStartingWith("0.jsonl:1: ");
        }
    }

    @Test
    void aFileThatExistsIsNotOverwritten() throws Exception {
        Files.writeString(path(0), "kept");

        assertThatThrownBy(() -> split(LineLimits.NONE, requests(1))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("FileAlreadyExists");
        assertThat(path(0)).hasContent("kept");
    }

    @Test
    void aChannelTakesOneFile() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        RequestFile file = RequestWriter.withLimits(LineLimits.OPENAI).write(requests(1000).iterator(),
                Channels.newChannel(out));

        assertThat(file.path()).isNull();
        assertThat(file.bytes()).isEqualTo(out.size());
        assertThat(out.toString().lines()).hasSize(1000);
    }

    private List<RequestFile> split(LineLimits limits, Stream<BatchRequest> requests) {
        List<RequestFile> files = new ArrayList<>();
        RequestWriter.withLimits(limits).split(requests.iterator(), this::path).forEachRemaining(files::add);
        return files;
    }

    private void deleteFiles() {
        for (int i = 0; i < 10; i++) {
            path(i).toFile().delete();
        }
    }

    private Path path(int i) {
        return directory.resolve(i + ".jsonl");
    }

    private static Stream<BatchRequest> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> BatchRequest.chat("r" + i, "m", "x"));
    }
}
