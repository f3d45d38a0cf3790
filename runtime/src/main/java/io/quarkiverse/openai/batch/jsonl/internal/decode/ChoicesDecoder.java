package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
        ofChat = new ArrayList<>(1);
        ofText = null;
        if (!JsonReads.objects(p, this::readChoice)) {
            ofChat = null;
            return;
        }
        ByIndex.sort(ofChat, ChatCompletion.Choice::index);
        ByIndex.sort(ofText, TextCompletion.Choice::index);
    }

    private void readChoice(LineJsonParser p) throws IOException {
        int position = ofChat.size() + (ofText == null ? 0 : ofText.size());
        index = position;
        finishReason = null;
        hasText = false;
        text = null;
        refusal = null;
        toolCalls = List.of();
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "index" -> index = JsonReads.index(p, position);
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
        if (!p.nextToken().isStructStart()) {
            return JsonReads.scalar(p);
        }
        StringBuilder parts = new StringBuilder();
        JsonReads.currentObjects(p, part -> readPart(part, parts));
        return parts.toString();
    }

    private static void readPart(LineJsonParser p, StringBuilder parts) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            if (name.equals("text")) {
                parts.append(Objects.requireNonNullElse(JsonReads.text(p), ""));
            } else {
                JsonReads.skip(p);
            }
        }
    }

    private static List<ToolCall> readToolCalls(LineJsonParser p) throws IOException {
        List<ToolCall> calls = new ArrayList<>(1);
        JsonReads.objects(p, call -> calls.add(readToolCall(call)));
        return calls.isEmpty() ? List.of() : calls;
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
