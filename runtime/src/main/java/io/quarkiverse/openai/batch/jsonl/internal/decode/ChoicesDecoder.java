package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.TextCompletion;
import io.quarkiverse.openai.batch.jsonl.ToolCall;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads {@code choices}: of a chat completion if they have a {@code message}, else of a text completion. */
final class ChoicesDecoder {

    private List<ChatCompletion.Choice> ofChat;
    private List<TextCompletion.Choice> ofText;

    private int index;
    private String finishReason;
    private boolean hasText;
    private String text;
    private String refusal;
    private List<ToolCall> toolCalls;

    void read(LineJsonParser p) throws IOException {
        if (!JsonReads.array(p)) {
            return;
        }
        ofChat = new ArrayList<>(1);
        while (JsonReads.nextObject(p)) {
            readChoice(p);
        }
    }

    private void readChoice(LineJsonParser p) throws IOException {
        index = 0;
        finishReason = null;
        hasText = false;
        text = null;
        refusal = null;
        toolCalls = List.of();
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "index" -> index = JsonReads.intValue(p);
                case "finish_reason" -> finishReason = JsonReads.nonEmpty(p);
                case "message" -> readMessage(p);
                case "text" -> readText(p);
                default -> JsonReads.skip(p);
            }
        }
        if (hasText) {
            ofText = ofText == null ? new ArrayList<>(1) : ofText;
            ofText.add(new TextCompletion.Choice(index, text, finishReason));
        } else {
            ofChat.add(new ChatCompletion.Choice(index, text, refusal, finishReason, toolCalls));
        }
    }

    private void readText(LineJsonParser p) throws IOException {
        hasText = true;
        text = JsonReads.text(p);
    }

    private void readMessage(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return;
        }
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "content" -> text = readContent(p);
                case "refusal" -> refusal = JsonReads.nonEmpty(p);
                case "tool_calls" -> toolCalls = readToolCalls(p);
                default -> JsonReads.skip(p);
            }
        }
    }

    /** OpenAI sends a text; some compatible servers send parts, as in requests. */
    private static String readContent(LineJsonParser p) throws IOException {
        if (p.nextToken() != JsonToken.START_ARRAY) {
            return JsonReads.scalar(p);
        }
        StringBuilder parts = new StringBuilder();
        while (JsonReads.nextObject(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                String part = name.equals("text") ? JsonReads.text(p) : skip(p);
                if (part != null) {
                    parts.append(part);
                }
            }
        }
        return parts.toString();
    }

    private static String skip(LineJsonParser p) throws IOException {
        JsonReads.skip(p);
        return null;
    }

    private static List<ToolCall> readToolCalls(LineJsonParser p) throws IOException {
        if (!JsonReads.array(p)) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>(1);
        while (JsonReads.nextObject(p)) {
            calls.add(readToolCall(p));
        }
        return calls;
    }

    private static ToolCall readToolCall(LineJsonParser p) throws IOException {
        String id = null;
        String functionName = null;
        String arguments = null;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            if (name.equals("id")) {
                id = JsonReads.nonEmpty(p);
            } else if (name.equals("function") && JsonReads.object(p)) {
                for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
                    switch (field) {
                        case "name" -> functionName = JsonReads.text(p);
                        case "arguments" -> arguments = JsonReads.text(p);
                        default -> JsonReads.skip(p);
                    }
                }
            } else if (!name.equals("function")) {
                JsonReads.skip(p);
            }
        }
        return new ToolCall(id, functionName, arguments);
    }

    /** Null unless the choices have a {@code text}. */
    List<TextCompletion.Choice> ofText() {
        return ofText;
    }

    /** Null if there are no {@code choices}. */
    List<ChatCompletion.Choice> ofChat() {
        return ofChat;
    }
}
