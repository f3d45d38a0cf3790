package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.Map;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;

/**
 * Makes the messages of a chat as they are on the wire (openai-openapi, schema ChatCompletionRequestMessage, 2026-08-21). The
 * thinking of an earlier answer, the attributes of messages, and whether a tool failed have no place there and are left out.
 */
final class MessageJson {

    private MessageJson() {
    }

    /**
     * @throws UnsupportedFeatureException if the message has a part that cannot be sent
     */
    static Map<String, Object> of(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return JsonObject.of("role", "system", "content", system.text());
        }
        if (message instanceof UserMessage user) {
            return JsonObject.of("role", "user", "name", user.name(),
                    "content", user.hasSingleText() ? user.singleText() : parts(user.contents(), "a user message"));
        }
        if (message instanceof AiMessage answer) {
            return answer(answer);
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result(result);
        }
        throw new UnsupportedFeatureException("a message of type " + message.type() + " is not supported");
    }

    private static Map<String, Object> answer(AiMessage answer) {
        if (!answer.images().isEmpty() || !answer.audios().isEmpty()) {
            throw new UnsupportedFeatureException("an AI message with images or audio is not supported");
        }
        List<Map<String, Object>> calls = answer.toolExecutionRequests().stream().map(MessageJson::call).toList();
        return JsonObject.of("role", "assistant", "content", answer.text(), "tool_calls", calls.isEmpty() ? null : calls);
    }

    private static Map<String, Object> call(ToolExecutionRequest call) {
        return JsonObject.of("id", call.id(), "type", "function",
                "function", JsonObject.of("name", call.name(), "arguments", call.arguments()));
    }

    private static Map<String, Object> result(ToolExecutionResultMessage result) {
        if (!result.contents().stream().allMatch(TextContent.class::isInstance)) {
            throw new UnsupportedFeatureException("a tool result with other content than text is not supported");
        }
        return JsonObject.of("role", "tool", "tool_call_id", result.id(),
                "content", result.hasSingleText() ? result.text() : parts(result.contents(), "a tool result"));
    }

    private static List<Map<String, Object>> parts(List<Content> contents, String where) {
        return contents.stream().map(content -> part(content, where)).toList();
    }

    private static Map<String, Object> part(Content content, String where) {
        if (content instanceof TextContent text) {
            return JsonObject.of("type", "text", "text", text.text());
        }
        if (content instanceof ImageContent image) {
            return JsonObject.of("type", "image_url",
                    "image_url", JsonObject.of("url", url(image.image()), "detail", detail(image)));
        }
        throw new UnsupportedFeatureException(where + " with content of type " + content.type() + " is not supported");
    }

    private static String url(Image image) {
        if (image.url() != null) {
            return image.url().toString();
        }
        if (image.mimeType() == null || image.base64Data() == null) {
            throw new UnsupportedFeatureException("an image without a URL needs its data and a MIME type");
        }
        return "data:" + image.mimeType() + ";base64," + image.base64Data();
    }

    private static String detail(ImageContent image) {
        if (!image.detailLevelSpecified()) {
            return null;
        }
        return switch (image.detailLevel()) {
            case LOW -> "low";
            case HIGH -> "high";
            case AUTO -> "auto";
            default -> throw new UnsupportedFeatureException(
                    "an image with detail level " + image.detailLevel() + " is not supported");
        };
    }
}
