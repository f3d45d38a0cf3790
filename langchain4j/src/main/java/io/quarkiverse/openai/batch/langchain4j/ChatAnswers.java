package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.ChatCompletion.Choice;
import io.quarkiverse.openai.batch.jsonl.ToolCall;

/** Makes langchain4j's responses of the results of chat lines. */
final class ChatAnswers {

    private ChatAnswers() {
    }

    static BatchItemResult<ChatResponse> of(BatchResult result) {
        if (!result.succeeded()) {
            return BatchItemResult.failure(ItemErrors.of(result));
        }
        if (!(result.body() instanceof ChatCompletion chat) || chat.choices().isEmpty()) {
            return BatchItemResult.failure(ItemErrors.of(result, "The answer has no choice"));
        }
        Choice choice = chat.choices().get(0);
        return BatchItemResult.success(ChatResponse.builder().aiMessage(message(choice)).id(chat.id()).modelName(chat.model())
                .tokenUsage(TokenCounts.of(result.usage())).finishReason(reason(choice)).build());
    }

    private static AiMessage message(Choice choice) {
        List<ToolExecutionRequest> calls = choice.toolCalls().stream().map(ChatAnswers::call).toList();
        return AiMessage.builder().text(isRefused(choice) ? choice.refusal() : choice.content()).toolExecutionRequests(calls)
                .build();
    }

    private static boolean isRefused(Choice choice) {
        return choice.content() == null && choice.refusal() != null;
    }

    private static ToolExecutionRequest call(ToolCall call) {
        return ToolExecutionRequest.builder().id(call.id()).name(call.name()).arguments(call.arguments()).build();
    }

    /** Null if the provider gives none. */
    private static FinishReason reason(Choice choice) {
        if (isRefused(choice)) {
            return FinishReason.CONTENT_FILTER;
        }
        if (choice.finishReason() == null) {
            return null;
        }
        return switch (choice.finishReason()) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_EXECUTION;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}
