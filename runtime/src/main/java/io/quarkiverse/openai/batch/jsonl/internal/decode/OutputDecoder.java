package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.ToolCall;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * Reads the items of {@code output} of {@code /v1/responses}: messages and function calls. Parts of other types, such as the
 * text of a reasoning item, are not the answer.
 */
final class OutputDecoder {

    private final List<String> messages = new ArrayList<>(1);
    private String refusal;
    private List<ToolCall> toolCalls = List.of();

    /** Reads the next value; false if it is no list of items. */
    boolean read(LineJsonParser p) throws IOException {
        return JsonReads.objects(p, this::readItem);
    }

    private void readItem(LineJsonParser p) throws IOException {
        String type = null;
        String callId = null;
        String functionName = null;
        String arguments = null;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "type" -> type = JsonReads.text(p);
                case "content" -> readContent(p);
                case "call_id" -> callId = JsonReads.nonEmpty(p);
                case "name" -> functionName = JsonReads.text(p);
                case "arguments" -> arguments = JsonReads.text(p);
                default -> JsonReads.skip(p);
            }
        }
        if ("function_call".equals(type)) {
            toolCalls = toolCalls.isEmpty() ? new ArrayList<>(1) : toolCalls;
            toolCalls.add(new ToolCall(callId, functionName, arguments));
        }
    }

    private void readContent(LineJsonParser p) throws IOException {
        StringBuilder text = new StringBuilder();
        int[] texts = { 0 };
        JsonReads.objects(p, part -> texts[0] += readPart(part, text) ? 1 : 0);
        if (texts[0] > 0) {
            messages.add(text.toString());
        }
    }

    /** Whether it is a text of the answer. */
    private boolean readPart(LineJsonParser p, StringBuilder text) throws IOException {
        String type = null;
        String part = null;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "type" -> type = JsonReads.text(p);
                case "text" -> part = JsonReads.text(p);
                case "refusal" -> refusal = JsonReads.nonEmpty(p);
                default -> JsonReads.skip(p);
            }
        }
        boolean answer = part != null && "output_text".equals(type);
        if (answer) {
            text.append(part);
        }
        return answer;
    }

    /** The text of each message that has one. */
    List<String> messages() {
        return messages;
    }

    /** Null if there is none. */
    String refusal() {
        return refusal;
    }

    List<ToolCall> toolCalls() {
        return toolCalls;
    }
}
