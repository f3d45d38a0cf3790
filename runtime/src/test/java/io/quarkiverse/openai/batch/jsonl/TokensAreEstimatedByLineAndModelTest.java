package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class TokensAreEstimatedByLineAndModelTest {

    private static final TokenEstimator RULE = TokenEstimator.ruleOfThumb();
    private static final String JAPANESE = "お誕生日おめでとう";

    @Test
    void aQuarterOfTheBytesByRuleOfThumb() {
        assertThat(RULE.tokens("m", "")).isZero();
        assertThat(RULE.tokens("m", "a")).isEqualTo(1);
        assertThat(RULE.tokens("m", "12345678")).isEqualTo(2);
        assertThat(RULE.tokens("m", "東京都")).isEqualTo(3);
        assertThat(RULE.tokens("m", "😀é")).isEqualTo(2);
    }

    @Test
    void exactlyByTheModelsTokenizer() {
        TokenEstimator tokenizer = TokenEstimator.tokenizer();

        assertThat(tokenizer.tokens("text-embedding-3-small", JAPANESE)).as("cl100k_base").isEqualTo(9);
        assertThat(tokenizer.tokens("gpt-6-luna", JAPANESE)).as("o200k_base").isEqualTo(8);
        assertThat(tokenizer.tokens("my-deployment", JAPANESE)).as("o200k_base").isEqualTo(8);
        assertThat(tokenizer.tokens(null, "hello <|endoftext|>")).as("text that looks like a special token").isPositive();
    }

    @Test
    void ofWhatIsReadAsThePrompt() {
        String four = "abcdefghijklmnop";
        assertThat(RULE.tokens(BatchRequest.of("a", EmbeddingsBody.of("m").input(List.of(four, four))))).isEqualTo(8);
        assertThat(RULE.tokens(BatchRequest.of("a", CompletionsBody.of("m").prompt(four).suffix(four)))).isEqualTo(4);
        assertThat(RULE.tokens(BatchRequest.of("a", ResponsesBody.of("m").input(four).instructions(four)))).isEqualTo(8);
        assertThat(RULE.tokens(BatchRequest.of("a", ChatBody.of("m").system(four).user(four)))).isEqualTo(16);
        assertThat(RULE.tokens(BatchRequest.of("a", ChatBody.of("m").message("user", List.of(
                Map.of("type", "text", "text", four),
                Map.of("type", "image_url", "image_url", Map.of("url", "data:" + four.repeat(1000))))))))
                .isEqualTo(8);
        assertThat(RULE.tokens(BatchRequest.of("a", EmbeddingsBody.of("m").with("input", new int[] { 1, 2, 3 }))))
                .isEqualTo(3);
        assertThat(RULE.tokens(BatchRequest.bare("a", Map.of("x", four)))).isZero();
    }

    @Test
    void byModelInTheReport() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        RequestWriter.withLimits(LineLimits.NONE).write(Stream.of(BatchRequest.chat("a", "m", "1234"),
                BatchRequest.chat("b", "n", "12345678"), BatchRequest.chat("c", "m", "1")).iterator(),
                Channels.newChannel(file));

        ValidationReport report = RequestValidator.withLimits(LineLimits.NONE).estimatingTokens(RULE)
                .validate(Lines.stream(file.toByteArray()));

        assertThat(report.tokens()).isEqualTo(16);
        assertThat(report.tokensOfModels()).isEqualTo(Map.of("m", 10L, "n", 6L));
    }

    @Test
    void inTheFilesWritten() {
        RequestFile file = RequestWriter.withLimits(LineLimits.NONE).estimatingTokens((model, text) -> 100)
                .write(List.of(BatchRequest.chat("a", "m", "x")).iterator(),
                        Channels.newChannel(new ByteArrayOutputStream()));

        assertThat(file.tokens()).isEqualTo(104);
    }
}
