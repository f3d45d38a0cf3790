package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;

class ChatBodiesTest {

    private static final JsonSchema CITY = JsonSchema.builder().name("City").rootElement(
            JsonObjectSchema.builder().addStringProperty("name").addIntegerProperty("size").required("name").build()).build();

    private final ChatBodies bodies = new ChatBodies(Optional.of("default-model"), "max_completion_tokens", false);

    private static ChatRequest request(UnaryOperator<ChatRequest.Builder> change) {
        return change.apply(ChatRequest.builder().messages(UserMessage.from("Hello"))).build();
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                parameter("model", "gpt-6-luna", builder -> builder.modelName("gpt-6-luna")),
                parameter("model", "default-model", builder -> builder),
                parameter("temperature", 0.2, builder -> builder.temperature(0.2)),
                parameter("top_p", 0.9, builder -> builder.topP(0.9)),
                parameter("max_completion_tokens", 100, builder -> builder.maxOutputTokens(100)),
                parameter("stop", List.of("END", "."), builder -> builder.stopSequences(List.of("END", "."))),
                parameter("frequency_penalty", -1.5, builder -> builder.frequencyPenalty(-1.5)),
                parameter("presence_penalty", 1.5, builder -> builder.presencePenalty(1.5)),
                parameter("tool_choice", "auto", builder -> builder.toolChoice(ToolChoice.AUTO)),
                parameter("tool_choice", "required", builder -> builder.toolChoice(ToolChoice.REQUIRED)),
                parameter("tool_choice", "none", builder -> builder.toolChoice(ToolChoice.NONE)),
                parameter("response_format", Map.of("type", "text"), builder -> builder.responseFormat(ResponseFormat.TEXT)),
                parameter("response_format", Map.of("type", "json_object"),
                        builder -> builder.responseFormat(ResponseFormat.JSON)),
                parameter("messages", List.of(Map.of("role", "user", "content", "Hello")), builder -> builder));
    }

    private static Arguments parameter(String field, Object value, UnaryOperator<ChatRequest.Builder> change) {
        return Arguments.of(field, value, change);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachParameterHasItsField(String field, Object value, UnaryOperator<ChatRequest.Builder> change) {
        assertThat(bodies.of(request(change)).parameters()).containsEntry(field, value);
    }

    @Test
    void whatIsNotSetIsLeftOut() {
        assertThat(bodies.of(request(builder -> builder)).parameters()).containsOnlyKeys("model", "messages");
    }

    @Test
    void theFieldOfTheMostTokensCanBeChosen() {
        ChatBody body = new ChatBodies(Optional.of("m"), "max_tokens", false).of(request(b -> b.maxOutputTokens(7)));
        assertThat(body.parameters()).containsEntry("max_tokens", 7).doesNotContainKey("max_completion_tokens");
    }

    @Test
    void aSchemaHasItsName() {
        ResponseFormat format = ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(CITY).build();
        assertThat(line(bodies.of(request(b -> b.responseFormat(format))))).contains(
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"City\",\"schema\":{\"type\":\"object\","
                        + "\"properties\":{\"name\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}},\"required\":[\"name\"]}}}");
    }

    @Test
    void aSchemaCanBeStrict() {
        ResponseFormat format = ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(CITY).build();
        ChatBody body = new ChatBodies(Optional.of("m"), "max_tokens", true).of(request(b -> b.responseFormat(format)));
        assertThat(line(body)).contains("\"strict\":true").contains("\"additionalProperties\":false")
                .contains("\"required\":[\"name\",\"size\"]");
    }

    @Test
    void aToolIsAFunction() {
        ToolSpecification tool = ToolSpecification.builder().name("weather").description("The weather of a city")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build()).build();
        assertThat(line(bodies.of(request(b -> b.toolSpecifications(tool))))).contains(
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"The weather of a city\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
                        + "\"required\":[\"city\"]}}}]");
    }

    @Test
    void aStrictToolHasAStrictSchema() {
        ToolSpecification tool = ToolSpecification.builder().name("weather").strict(true)
                .parameters(JsonObjectSchema.builder().addStringProperty("city").build()).build();
        assertThat(line(bodies.of(request(b -> b.toolSpecifications(tool))))).contains("\"strict\":true")
                .contains("\"additionalProperties\":false");
    }

    @Test
    void aToolNeedsNoParameters() {
        ToolSpecification tool = ToolSpecification.builder().name("now").build();
        assertThat(bodies.of(request(b -> b.toolSpecifications(tool))).parameters()).containsEntry("tools",
                List.of(Map.of("type", "function", "function", Map.of("name", "now"))));
    }

    @Test
    void parametersOfAProviderAreRefusedByTheirType() {
        ChatRequestParameters parameters = new OtherParameters(DefaultChatRequestParameters.builder());
        ChatRequest request = request(b -> b.parameters(parameters));
        assertThatThrownBy(() -> bodies.of(request)).isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("OtherParameters");
    }

    private static String line(ChatBody body) {
        return new String(BatchRequest.of("1", body).toLine(), StandardCharsets.UTF_8);
    }

    private static final class OtherParameters extends DefaultChatRequestParameters {

        OtherParameters(Builder<?> builder) {
            super(builder);
        }
    }
}
