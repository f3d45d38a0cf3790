package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.quarkiverse.openai.batch.jsonl.ChatBody;

/** Makes the bodies of chat completions of langchain4j's chat requests. */
final class ChatBodies {

    private final Optional<String> defaultModel;
    private final String maxTokensField;
    private final boolean strictSchemas;

    /**
     * @param defaultModel the model of requests that name none
     */
    ChatBodies(Optional<String> defaultModel, String maxTokensField, boolean strictSchemas) {
        this.defaultModel = defaultModel;
        this.maxTokensField = maxTokensField;
        this.strictSchemas = strictSchemas;
    }

    /**
     * @throws UnsupportedFeatureException if the request has something that cannot be sent
     * @throws IllegalArgumentException if there is no model, or a raw schema is no JSON object
     */
    ChatBody of(ChatRequest request) {
        ChatRequestParameters parameters = supported(request.parameters());
        return ChatBody.of(model(parameters))
                .with("messages", request.messages().stream().map(MessageJson::of).toList())
                .with("temperature", parameters.temperature())
                .with("top_p", parameters.topP())
                .with(maxTokensField, parameters.maxOutputTokens())
                .with("stop", unlessEmpty(parameters.stopSequences()))
                .with("frequency_penalty", parameters.frequencyPenalty())
                .with("presence_penalty", parameters.presencePenalty())
                .with("response_format", format(parameters.responseFormat()))
                .with("tools", unlessEmpty(tools(parameters.toolSpecifications())))
                .with("tool_choice", choice(parameters.toolChoice()));
    }

    /** The parameters of one provider would be lost in silence. */
    private static ChatRequestParameters supported(ChatRequestParameters parameters) {
        if (parameters.topK() != null) {
            throw new UnsupportedFeatureException("the parameter topK is not supported");
        }
        if (parameters.getClass() != DefaultChatRequestParameters.class) {
            throw new UnsupportedFeatureException("parameters of type %s are not supported, only those of ChatRequestParameters"
                    .formatted(parameters.getClass().getName()));
        }
        return parameters;
    }

    private String model(ChatRequestParameters parameters) {
        return Optional.ofNullable(parameters.modelName()).or(() -> defaultModel)
                .orElseThrow(() -> new IllegalArgumentException("it names no model; set its modelName, %s or %s"
                        .formatted(ModelNames.CHAT, ModelNames.CHAT_OF_LANGCHAIN4J)));
    }

    private static <T> List<T> unlessEmpty(List<T> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    private Map<String, Object> format(ResponseFormat format) {
        if (format == null) {
            return null;
        }
        JsonSchema schema = format.jsonSchema();
        if (schema == null) {
            return Map.of("type", format.type() == ResponseFormatType.JSON ? "json_object" : "text");
        }
        return JsonObject.of("type", "json_schema", "json_schema", JsonObject.of("name", schema.name(),
                "strict", strictSchemas ? Boolean.TRUE : null,
                "schema", SchemaJson.of(schema.rootElement(), strictSchemas)));
    }

    private static List<Map<String, Object>> tools(List<ToolSpecification> tools) {
        return tools == null ? null : tools.stream().map(ChatBodies::tool).toList();
    }

    private static Map<String, Object> tool(ToolSpecification tool) {
        boolean strict = Boolean.TRUE.equals(tool.strict());
        return JsonObject.of("type", "function", "function", JsonObject.of("name", tool.name(),
                "description", tool.description(), "strict", tool.strict(),
                "parameters", tool.parameters() == null ? null : SchemaJson.of(tool.parameters(), strict)));
    }

    private static String choice(ToolChoice choice) {
        return choice == null ? null : choice.name().toLowerCase(Locale.ROOT);
    }
}
