package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.model.Endpoint;

class EveryRuleOfAnInputFileIsCheckedTest {

    private static final String GOOD = line("good", "\"model\": \"m\", \"input\": \"a\"");
    private static final RequestValidator VALIDATOR = RequestValidator.withLimits(LineLimits.OPENAI)
            .endpoint(Endpoint.EMBEDDINGS);

    @TempDir
    Path directory;

    @Test
    void aGoodFileHasNoProblems() {
        ValidationReport report = VALIDATOR
                .validate(Lines.stream(GOOD, line("b", "\"model\": \"m\", \"input\": [\"a\", \"b\"]")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.isValid()).isTrue();
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.embeddingInputs()).isEqualTo(3);
        assertThat(report.bytes()).isEqualTo(
                Lines.bytes(GOOD, line("b", "\"model\": \"m\", \"input\": [\"a\", \"b\"]")).length);
        assertThat(report.tokensOfModels()).isEqualTo(Map.of("m", 0L));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NOT_JSON          | {"custom_id": "x",
            NOT_JSON          | hello
            NOT_JSON          | ["custom_id"]
            CUSTOM_ID_MISSING | {"method": "POST", "url": "/v1/embeddings", "body": {}}
            CUSTOM_ID_MISSING | {"custom_id": null, "method": "POST", "url": "/v1/embeddings", "body": {}}
            CUSTOM_ID_MISSING | {"custom_id": 17, "method": "POST", "url": "/v1/embeddings", "body": {}}
            CUSTOM_ID_EMPTY   | {"custom_id": "", "method": "POST", "url": "/v1/embeddings", "body": {}}
            CUSTOM_ID_DOUBLE  | {"custom_id": "good", "method": "POST", "url": "/v1/embeddings", "body": {}}
            SURROGATE         | {"custom_id": "\\ud800", "method": "POST", "url": "/v1/embeddings", "body": {}}
            SURROGATE         | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings", "body": {"input": "a\\udc00b"}}
            METHOD            | {"custom_id": "x", "url": "/v1/embeddings", "body": {}}
            METHOD            | {"custom_id": "x", "method": "GET", "url": "/v1/embeddings", "body": {}}
            URL               | {"custom_id": "x", "method": "POST", "body": {}}
            URL               | {"custom_id": "x", "method": "POST", "url": "/v1/responses", "body": {}}
            BODY              | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings"}
            BODY              | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings", "body": "{}"}
            STREAM            | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings", "body": {"stream": true}}
            METADATA          | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings", "body": {"metadata": {"a": 1}}}
            ONE_MODEL         | {"custom_id": "x", "method": "POST", "url": "/v1/embeddings", "body": {"model": "other"}}
            """)
    void onItsLine(Rule rule, String line) {
        ValidationReport report = VALIDATOR.validate(Lines.stream(GOOD, line));

        assertThat(report.problems()).extracting(Problem::line, Problem::rule).containsExactly(tuple(2L, rule));
        assertThat(report.isValid()).isFalse();
        assertThat(report.lines()).isEqualTo(2);
    }

    @Test
    void wholeSurrogatePairsAndEscapedBackslashesAreNoProblem() {
        String texts = "\"model\": \"m\", \"input\": [\"\\ud83d\\ude00\", \"\\\\ud83d\", \"\uD83D\uDE00\"]";
        assertThat(VALIDATOR.validate(Lines.stream(GOOD, line("b", texts))).problems()).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8() {
        byte[] overlong = GOOD.getBytes(StandardCharsets.UTF_8);
        overlong[16] = (byte) 0xC0;
        overlong[17] = (byte) 0x80;

        assertThat(VALIDATOR.validate(Lines.stream(overlong)).problems()).extracting(Problem::rule, Problem::message)
                .containsExactly(tuple(Rule.NOT_UTF8, "not UTF-8 at byte 17"));
    }

    @Test
    void whatOnlySomeProvidersRefuseIsAWarning() {
        ValidationReport report = VALIDATOR.validate(Lines.stream(GOOD + "\r", line("b", "\"model\": \"m\"") + "\r"));

        assertThat(report.problems()).extracting(Problem::line, Problem::rule)
                .containsExactly(tuple(1L, Rule.CARRIAGE_RETURN));
        assertThat(report.warnings()).isEqualTo(1);
        assertThat(report.isValid()).isTrue();
    }

    @Test
    void byteOrderMarkAndBlankLines() {
        assertThat(VALIDATOR.validate(Lines.stream("\uFEFF" + GOOD, "", line("b", ""))).problems())
                .extracting(Problem::line, Problem::rule)
                .containsExactly(tuple(2L, Rule.BLANK_LINE), tuple(0L, Rule.BYTE_ORDER_MARK));
    }

    @Test
    void anEmptyFile() {
        assertThat(VALIDATOR.validate(Lines.stream(new byte[0])).problems()).extracting(Problem::rule)
                .containsExactly(Rule.EMPTY_FILE);
    }

    @Test
    void metadataIsMeasured() {
        String tooMany = IntStream.range(0, 17).mapToObj(i -> "\"k" + i + "\": \"v\"").collect(Collectors.joining(","));
        String[] lines = { metadata("a", tooMany), metadata("b", "\"" + "k".repeat(65) + "\": \"v\""),
                metadata("c", "\"k\": \"" + "v".repeat(513) + "\""), metadata("d", "\"" + "k".repeat(64) + "\": \""
                        + "\uD83D\uDE00".repeat(512) + "\"") };

        assertThat(VALIDATOR.validate(Lines.stream(lines)).problems()).extracting(Problem::message).containsExactly(
                "metadata has 17 pairs, more than 16", "metadata has a key of 65 characters, more than 64",
                "metadata has a value of 513 characters, more than 512");
    }

    @Test
    void limitsOfTheFile() {
        LineLimits limits = new LineLimits(1, 150, 2, 4, 3, 50, 16, true, false, null);
        String[] lines = { line("a", "\"model\": \"m\", \"input\": [\"four\", \"four\"]"),
                line("four", "\"input\": \"four\"") };

        assertThat(RequestValidator.withLimits(limits).validate(Lines.stream(lines)).problems())
                .extracting(Problem::line, Problem::rule, Problem::message).containsExactly(
                        tuple(1L, Rule.LINE_LENGTH, "the line has " + lines[0].length() + " bytes, more than 50"),
                        tuple(2L, Rule.LINE_LENGTH, "the line has " + lines[1].length() + " bytes, more than 50"),
                        tuple(2L, Rule.CUSTOM_ID_LENGTH, "custom_id has 4 characters, more than 3"),
                        tuple(0L, Rule.REQUESTS, "2 requests, more than 1"),
                        tuple(0L, Rule.BYTES, Lines.bytes(lines).length + " bytes, more than 150"),
                        tuple(0L, Rule.EMBEDDING_INPUTS, "3 embedding inputs, more than 2"));
        assertThat(RequestValidator.withLimits(limits.withTokens(2)).validate(Lines.stream(lines)).problems())
                .extracting(Problem::message).contains("3 tokens by estimate, more than 2");
    }

    @Test
    void aProviderMayIgnoreStreams() {
        String line = line("a", "\"stream\": true");

        assertThat(VALIDATOR.validate(Lines.stream(line)).isValid()).isFalse();
        ValidationReport lenient = RequestValidator.withLimits(LineLimits.OPENAI.withStreams(true))
                .validate(Lines.stream(line));
        assertThat(lenient.isValid()).isTrue();
        assertThat(lenient.problems()).extracting(Problem::rule).containsExactly(Rule.STREAM_IGNORED);
    }

    @Test
    void aProviderMayTakeOnlySomeCharactersInIds() {
        RequestValidator strict = RequestValidator.withLimits(LineLimits.OPENAI.withCustomIdCharacters("A-Za-z0-9_-"));

        assertThat(strict.validate(Lines.stream(line("a_B-9", ""), line("b.c", ""), line("\u00e9", ""))).problems())
                .extracting(Problem::line, Problem::message).containsExactly(
                        tuple(2L, "custom_id has other characters than A-Za-z0-9_-"),
                        tuple(3L, "custom_id has other characters than A-Za-z0-9_-"));
    }

    @Test
    void aPromptOfTokenNumbersIsOneInput() {
        assertThat(VALIDATOR.validate(Lines.stream(line("a", "\"input\": [1, 2, 3]"), line("b", "\"input\": [[1], [2, 3]]")))
                .embeddingInputs()).isEqualTo(3);
        assertThat(VALIDATOR.validate(Lines.stream("{\"custom_id\": \"a\", \"method\": \"POST\", \"url\": \"/v1/responses\", "
                + "\"body\": {\"input\": [{}, {}]}}")).embeddingInputs()).isZero();
    }

    /** Azure: the batch's endpoint is /chat/completions, the lines' /v1/chat/completions. */
    @Test
    void aUrlMayHaveMoreInFrontThanTheEndpoint() {
        String line = "{\"custom_id\": \"a\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\", \"body\": {}}";

        assertThat(VALIDATOR.endpoint(Endpoint.of("/chat/completions")).validate(Lines.stream(line)).isValid()).isTrue();
    }

    @Test
    void withoutAnEndpointTheLinesMustAgree() {
        String other = GOOD.replace("good", "other").replace("/v1/embeddings", "/v1/responses");

        assertThat(RequestValidator.withLimits(LineLimits.OPENAI).validate(Lines.stream(GOOD, other)).problems())
                .extracting(Problem::toString)
                .containsExactly("line 2: url is another than on the lines before; set url to the batch's endpoint");
    }

    /** Together takes lines of custom_id and body alone. */
    @Test
    void linesMayDoWithoutARouteWhereTheProviderTakesNone() {
        String bare = "{\"custom_id\": \"a\", \"body\": {\"model\": \"m\"}}";

        assertThat(VALIDATOR.validate(Lines.stream(bare)).errors()).isEqualTo(2);
        assertThat(VALIDATOR.routeOptional().validate(Lines.stream(bare)).isValid()).isTrue();
    }

    @Test
    void allProblemsAreCountedAndSomeAreKept() throws Exception {
        Path file = Files.writeString(directory.resolve("input.jsonl"), "{}\n".repeat(1000));

        ValidationReport report = VALIDATOR.maxProblems(3).validate(file);

        assertThat(report.errors()).isEqualTo(4000);
        assertThat(report.problems()).hasSize(3).first().hasToString(
                "input.jsonl:1: custom_id is missing; give each request a custom_id, a text");
    }

    @Test
    void aFileThatIsNotThereIsTheValidatorsOwnError() {
        assertThatThrownBy(() -> VALIDATOR.validate(directory.resolve("none.jsonl"))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("none.jsonl");
    }

    private static String metadata(String id, String pairs) {
        return line(id, "\"metadata\": {" + pairs + "}");
    }

    private static String line(String id, String parameters) {
        return "{\"custom_id\": \"" + id + "\", \"method\": \"POST\", \"url\": \"/v1/embeddings\", \"body\": {" + parameters
                + "}}";
    }
}
