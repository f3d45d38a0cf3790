package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** openai/openai-python #1196, #1082: logs had all prompts. */
class WhatWasAskedAndAnsweredIsNotInMessagesTest {

    private static final String SECRET = "Müller's diagnosis";

    record Answer(int score) {
    }

    @Test
    void inToString() {
        BatchResult chat = Lines.answered("{\"choices\": [{\"message\": {\"content\": \"" + SECRET + "\"}}]}");
        BatchResult failed = Lines
                .read("{\"custom_id\": \"c\", \"error\": {\"code\": \"e\", \"message\": \"" + SECRET + "\"}}");
        BatchRequest request = BatchRequest.chat("c", "m", SECRET);

        assertThat(List.of(chat, chat.body(), ((ChatCompletion) chat.body()).choices(), failed, failed.error(), request,
                request.body(), RawJson.of("{\"a\": \"" + SECRET + "\"}"), new RequestResult(request, chat)).toString())
                .doesNotContain(SECRET).contains("customId=c");
    }

    @Test
    void inReasonsOfMalformedLines() {
        BatchResult result = Lines.read("{\"custom_id\": \"c\", \"x\": " + SECRET + "}");

        assertThat(result.outcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(result + result.reason()).doesNotContain("diagnosis", "ü").contains("customId=c");
    }

    @Test
    void inExceptions() {
        BatchResult chat = Lines.answered("{\"choices\": [{\"message\": {\"content\": \"" + SECRET + "\"}}]}");
        BatchResult structured = Lines.answered("{\"choices\": [{\"message\": {\"content\": \"{\\\"score\\\": \\\"" + SECRET
                + "\\\"}\"}}]}");
        Object self = new Object() {
            public String getSecret() {
                throw new IllegalStateException(SECRET);
            }
        };

        for (Throwable thrown : List.of(catchThrowable(() -> chat.as(Answer.class)),
                catchThrowable(() -> structured.as(Answer.class)),
                catchThrowable(() -> structured.bodyAs(Integer.class)),
                catchThrowable(() -> RawJson.of(SECRET)),
                catchThrowable(() -> write(BatchRequest.bare("c", self))),
                catchThrowable(() -> write(BatchRequest.bare("c", Map.of("metadata", Map.of("a", SECRET.repeat(99)))))),
                catchThrowable(() -> JsonlReader.requests(Lines.stream(SECRET)).forEach(line -> {
                })))) {
            assertThat(thrown).isInstanceOfAny(JsonlException.class, IllegalArgumentException.class);
            assertThat(thrown).hasNoCause().message().doesNotContain("diagnosis");
        }
    }

    @Test
    void norAreControlCharactersFromOutside() {
        String id = "\u001b[31mred\n2026 INFO forged \u202E" + "x".repeat(1000);

        assertThat(List.of(BatchResult.missing(id), BatchRequest.chat(id, "m", "x"), LineError.of(id, "m"),
                BatchResult.failed("c", LineError.of(id, "m")), new ToolCall(id, id, "")))
                .allSatisfy(object -> assertThat(object.toString()).doesNotContain("\u001b", "\n", "\u202E")
                        .contains("red 2026").hasSizeLessThan(600));
    }

    private static void write(BatchRequest request) {
        RequestWriter.withLimits(LineLimits.OPENAI).write(List.of(request).iterator(),
                Channels.newChannel(OutputStream.nullOutputStream()));
    }
}
