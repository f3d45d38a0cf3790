package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.batch.BatchError;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;

class AnswersTest {

    private static BatchResult answer(String body) {
        return result("{\"custom_id\":\"request-1\",\"response\":{\"status_code\":200,\"request_id\":\"req-1\",\"body\":" + body
                + "},\"error\":null}");
    }

    private static BatchResult result(String line) {
        return BatchResult.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatResponse chat(String choice) {
        return ChatAnswers.of(answer("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-6-luna\","
                + "\"choices\":[" + choice + "],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}"))
                .response();
    }

    @Test
    void aTextHasItsModelIdAndTokens() {
        ChatResponse response = chat("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Paris\"},"
                + "\"finish_reason\":\"stop\"}");
        assertThat(response.aiMessage().text()).isEqualTo("Paris");
        assertThat(response.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(response.id()).isEqualTo("chatcmpl-1");
        assertThat(response.modelName()).isEqualTo("gpt-6-luna");
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(5, 7, 12));
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void toolCallsAreRequests() {
        ChatResponse response = chat("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
                + "[{\"id\":\"call-1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]},"
                + "\"finish_reason\":\"tool_calls\"}");
        assertThat(response.aiMessage().text()).isNull();
        assertThat(response.aiMessage().toolExecutionRequests()).containsExactly(
                ToolExecutionRequest.builder().id("call-1").name("weather").arguments("{}").build());
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    void aRefusalIsATextThatWasFiltered() {
        ChatResponse response = chat("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
                + "\"refusal\":\"I cannot do that.\"},\"finish_reason\":\"stop\"}");
        assertThat(response.aiMessage().text()).isEqualTo("I cannot do that.");
        assertThat(response.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @ParameterizedTest
    @CsvSource({ "stop, STOP", "length, LENGTH", "tool_calls, TOOL_EXECUTION", "function_call, TOOL_EXECUTION",
            "content_filter, CONTENT_FILTER", "other, OTHER" })
    void reasonsHaveTheirNames(String reason, FinishReason expected) {
        assertThat(chat("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"%s\"}"
                .formatted(reason)).finishReason()).isEqualTo(expected);
    }

    @Test
    void anAnswerMayHaveNoMoreThanAText() {
        ChatResponse response = ChatAnswers
                .of(answer("{\"object\":\"chat.completion\",\"choices\":[{\"message\":{\"content\":\"a\"}}]}")).response();
        assertThat(response.aiMessage().text()).isEqualTo("a");
        assertThat(response.tokenUsage()).isNull();
        assertThat(response.finishReason()).isNull();
    }

    @Test
    void anAnswerWithoutAChoiceIsAFailure() {
        BatchItemResult<ChatResponse> result = ChatAnswers.of(answer("{\"object\":\"chat.completion\",\"choices\":[]}"));
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.error().code()).isEqualTo(200);
        assertThat(result.error().message()).isEqualTo("The answer has no choice");
    }

    @Test
    void anErrorHasItsStatusMessageAndDetails() {
        BatchError error = ItemErrors.of(result("{\"custom_id\":\"request-1\",\"response\":{\"status_code\":429,"
                + "\"request_id\":\"req-1\",\"body\":{\"error\":{\"code\":\"rate_limit\",\"type\":\"requests\","
                + "\"param\":\"model\",\"message\":\"Too many\"}}},\"error\":null}"));
        assertThat(error.code()).isEqualTo(429);
        assertThat(error.message()).isEqualTo("Too many");
        assertThat(error.details()).isEqualTo(List.of(Map.of("outcome", "FAILED", "code", "rate_limit", "type", "requests",
                "param", "model", "requestId", "req-1")));
    }

    @Test
    void eachOutcomeIsAnErrorWithAMessage() {
        assertError(ItemErrors.of(BatchResult.missing("request-1")), "MISSING", "The result files have no line");
        assertError(ItemErrors.of(result("{\"custom_id\":\"request-1\"")), "MALFORMED", "");
        assertError(ItemErrors.of(failed(LineError.EXPIRED)), "EXPIRED", "completion window");
        assertError(ItemErrors.of(failed(LineError.CANCELLED)), "CANCELLED", "cancelled");
        assertError(ItemErrors.of(BatchResult.failed("request-1", null)), "FAILED", "status 0");
    }

    private static BatchResult failed(String code) {
        return result("{\"custom_id\":\"request-1\",\"response\":null,\"error\":{\"code\":\"" + code + "\"}}");
    }

    private static void assertError(BatchError error, String outcome, String message) {
        assertThat(error.code()).isZero();
        assertThat(error.message()).isNotBlank().contains(message);
        assertThat(error.details().get(0)).containsEntry("outcome", outcome);
    }
}
