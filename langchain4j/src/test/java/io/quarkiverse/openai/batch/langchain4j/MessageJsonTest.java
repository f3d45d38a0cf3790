package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.exception.UnsupportedFeatureException;

class MessageJsonTest {

    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder().id("call-1").name("weather")
            .arguments("{\"city\":\"Paris\"}").build();
    private static final Map<String, Object> CALL_JSON = Map.of("id", "call-1", "type", "function",
            "function", Map.of("name", "weather", "arguments", "{\"city\":\"Paris\"}"));
    private static final URI URL = URI.create("https://example.com/a.png");

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(SystemMessage.from("Be brief."), Map.of("role", "system", "content", "Be brief.")),
                Arguments.of(UserMessage.from("Hello"), Map.of("role", "user", "content", "Hello")),
                Arguments.of(UserMessage.from("Ann", "Hello"), Map.of("role", "user", "name", "Ann", "content", "Hello")),
                Arguments.of(AiMessage.from("Yes"), Map.of("role", "assistant", "content", "Yes")),
                Arguments.of(AiMessage.from(CALL), Map.of("role", "assistant", "tool_calls", List.of(CALL_JSON))),
                Arguments.of(AiMessage.from("Wait", List.of(CALL)),
                        Map.of("role", "assistant", "content", "Wait", "tool_calls", List.of(CALL_JSON))),
                Arguments.of(AiMessage.builder().text("Yes").thinking("Hm").build(),
                        Map.of("role", "assistant", "content", "Yes")),
                Arguments.of(ToolExecutionResultMessage.from(CALL, "Rain"),
                        Map.of("role", "tool", "tool_call_id", "call-1", "content", "Rain")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachMessageHasItsRole(ChatMessage message, Map<String, Object> json) {
        assertThat(MessageJson.of(message)).isEqualTo(json);
    }

    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of(new ImageContent(URL), Map.of("url", URL.toString())),
                Arguments.of(new ImageContent(URL, DetailLevel.LOW), Map.of("url", URL.toString(), "detail", "low")),
                Arguments.of(new ImageContent(URL, DetailLevel.HIGH), Map.of("url", URL.toString(), "detail", "high")),
                Arguments.of(new ImageContent(URL, DetailLevel.AUTO), Map.of("url", URL.toString(), "detail", "auto")),
                Arguments.of(new ImageContent("QUJD", "image/png"), Map.of("url", "data:image/png;base64,QUJD")));
    }

    @ParameterizedTest
    @MethodSource("images")
    void anImageIsAPart(ImageContent image, Map<String, Object> json) {
        assertThat(MessageJson.of(UserMessage.from(TextContent.from("What?"), image))).isEqualTo(Map.of("role", "user",
                "content", List.of(Map.of("type", "text", "text", "What?"), Map.of("type", "image_url", "image_url", json))));
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                Arguments.of(UserMessage.from(AudioContent.from(URL)), "AUDIO"),
                Arguments.of(UserMessage.from(VideoContent.from(URL)), "VIDEO"),
                Arguments.of(UserMessage.from(PdfFileContent.from(URL)), "PDF"),
                Arguments.of(UserMessage.from(new ImageContent(URL, DetailLevel.ULTRA_HIGH)), "ULTRA_HIGH"),
                Arguments.of(UserMessage.from(new ImageContent(URL, DetailLevel.MEDIUM)), "MEDIUM"),
                Arguments.of(UserMessage.from(ImageContent.from(Image.builder().base64Data("QUJD").build())), "MIME type"),
                Arguments.of(CustomMessage.from(Map.of("a", 1)), "CUSTOM"),
                Arguments.of(ToolExecutionResultMessage.builder().id("1").toolName("t")
                        .contents(List.of(new ImageContent(URL))).build(), "tool result"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void whatHasNoPlaceIsRefusedByName(ChatMessage message, String name) {
        assertThatThrownBy(() -> MessageJson.of(message)).isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining(name);
    }
}
