package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.WireJson;

/** Answers and batches that were reported in the field, in {@code resources/cases}. */
class CasesFromTheFieldAreReadRightTest {

    record Label(String label) {
    }

    @Test
    void oneObjectForAListOfChoices() {
        assertThat(results("choices-object.jsonl")).extracting(BatchResult::text).containsExactly("four", "five");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"choices\": {\"message\": {\"content\": \"x\"}}",
            "\"choices\": {\"text\": \"x\"}",
            "\"choices\": {\"message\": {\"content\": {\"type\": \"text\", \"text\": \"x\"}}}",
            "\"output\": {\"type\": \"message\", \"content\": {\"type\": \"output_text\", \"text\": \"x\"}}" })
    void oneObjectForAListOfTexts(String field) {
        assertThat(Lines.answered("{" + field + "}").text()).isEqualTo("x");
    }

    @Test
    void oneObjectForAListOfOtherAnswers() {
        assertThat(Lines.answered("{\"data\": {\"index\": 0, \"embedding\": [0.5]}}").embedding()).containsExactly(0.5f);
        assertThat(Lines.answered("{\"results\": {\"flagged\": true}}").body())
                .isInstanceOfSatisfying(Moderations.class, body -> assertThat(body.results().get(0).flagged()).isTrue());
    }

    @Test
    void theIndexOfAVectorDecides() {
        BatchResult result = results("embeddings-several.jsonl").get(0);

        assertThat(result.embedding()).containsExactly(0.0f, 0.5f);
        assertThat(((EmbeddingList) result.body()).embeddings()).extracting(EmbeddingList.Embedding::index)
                .containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"index\": 1, | \"index\": 0, | b", "'' | '' | a",
            "\"index\": \"1\", | \"index\": 0.0, | b",
            "\"index\": null, | \"index\": {}, | a", "\"index\": 0, | \"index\": 0, | a", "\"index\": -1, | '' | a" })
    void theIndexOfAChoiceDecidesWhereverThereIsOne(String first, String second, String text) {
        assertThat(Lines.answered("{\"choices\": [{" + first + "\"message\": {\"content\": \"a\"}}, {" + second
                + "\"message\": {\"content\": \"b\"}}]}").text()).isEqualTo(text);
        assertThat(Lines.answered("{\"choices\": [{" + first + "\"text\": \"a\"}, {" + second + "\"text\": \"b\"}]}").text())
                .isEqualTo(text);
    }

    @Test
    void textBesideAToolCall() {
        ChatCompletion.Choice choice = ((ChatCompletion) results("text-and-tool-call.jsonl").get(0).body()).choices().get(0);

        assertThat(choice.content()).isEqualTo("I look that up.");
        assertThat(choice.toolCalls()).containsExactly(new ToolCall("call_1", "lookup", "{\"q\":\"x\"}"));
    }

    @Test
    void answersThatAreCutSayWhy() {
        List<BatchResult> results = results("cut-answers.jsonl");

        assertThat(results).extracting(BatchResult::outcome).containsOnly(Outcome.SUCCEEDED);
        assertThat(results).extracting(BatchResult::finishReason)
                .containsExactly("length", "length", "stop", "stop", "content_filter");
        assertThat(results).extracting(BatchResult::text).containsExactly("{\"label\":\"posi", "", null, null, "I was say");
        assertThat(Lines.answered("{\"status\": \"incomplete\", \"incomplete_details\": {\"reason\": \"max_output_tokens\"}, "
                + "\"output\": []}").finishReason()).isEqualTo("max_output_tokens");
        assertThat(Lines.answered("{\"status\": \"completed\", \"output\": []}").finishReason()).isEqualTo("completed");
        assertThat(Lines.answered("{\"output\": []}").finishReason()).isNull();
        assertThat(Lines.answered("{\"choices\": []}").finishReason()).isNull();
    }

    @Test
    void ofSeveralMessagesTheLastThatParsesCounts() {
        String message = "{\"type\": \"message\", \"content\": [{\"type\": \"output_text\", \"text\": \"%s\"}]}";
        String fragment = message.formatted("{\\\"label\\\": \\\"po");
        String whole = message.formatted("{\\\"label\\\": \\\"positive\\\"}");
        String remark = message.formatted("That is all.");

        for (String output : List.of(fragment + "," + whole, whole + "," + remark, fragment + "," + whole + "," + remark)) {
            assertThat(Lines.answered("{\"output\": [" + output + "]}").as(Label.class)).as(output)
                    .isEqualTo(new Label("positive"));
        }
        BatchResult none = Lines.answered("{\"output\": [" + fragment + "," + remark + "]}");
        assertThat(((ModelResponse) none.body()).messages()).containsExactly("{\"label\": \"po", "That is all.");
        assertThat(none.text()).isEqualTo("{\"label\": \"poThat is all.");
        assertThatThrownBy(() -> none.as(Label.class)).isInstanceOf(JsonlException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"status\": \"failed\", \"error\": {\"code\": \"server_error\"}, \"output\": []} | server_error",
            "{\"status\": \"failed\", \"error\": null, \"output\": []} |",
            "{\"status\": \"cancelled\", \"output\": []} |",
            "{\"error\": {\"code\": \"busy\"}} | busy",
            "{\"error\": {\"code\": \"cut off\"}, \"choices\": [{\"message\": {\"content\": \"a\"}}]} | cut off",
            "{\"object\": \"error\", \"message\": \"no\", \"type\": \"BadRequestError\", \"code\": 400} | 400" })
    void a200AroundAFailureIsAFailure(String body, String code) {
        BatchResult result = Lines.answered(body.replaceFirst("\\{", "{\"usage\": {\"input_tokens\": 5}, "));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error() == null ? null : result.error().code()).isEqualTo(code);
        assertThat(result.usage().inputTokens()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "false", "\"\"", "{}", "[]", "0" })
    void whatIsNoErrorIsNoFailure(String error) {
        assertThat(Lines.answered("{\"error\": " + error + ", \"output\": []}").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void recordsOfAnotherProtocolAnswerNoLine() {
        assertThat(results("bedrock-records.jsonl")).extracting(BatchResult::outcome).containsOnly(Outcome.MALFORMED)
                .hasSize(4);
    }

    @Test
    void batches() {
        assertThat(batch("complete.batch.json").status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch("expires-0.batch.json")).extracting(Batch::expiresAt, Batch::completedAt, Batch::createdAt)
                .containsExactly(null, null, Instant.ofEpochSecond(1741685413));
        assertThat(batch("failed-nocode.batch.json").errors()).containsExactly(new BatchError(null,
                "Cannot find file file-x1, or organization does not have access to it.", null, null));
        assertThat(batch("failed-partial.batch.json")).extracting(Batch::status, Batch::outputFileId, Batch::errorFileId,
                Batch::requestCounts).containsExactly(BatchStatus.FAILED, "file-o1", "file-e1",
                        new BatchRequestCounts(4, 2, 2));
    }

    private static List<BatchResult> results(String file) {
        try (Stream<BatchResult> results = JsonlReader.results(open(file)).stream()) {
            return results.toList();
        }
    }

    private static Batch batch(String file) {
        try (InputStream stream = open(file)) {
            return WireJson.read(stream.readAllBytes(), Batch.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return CasesFromTheFieldAreReadRightTest.class.getResourceAsStream("/cases/" + file);
    }
}
