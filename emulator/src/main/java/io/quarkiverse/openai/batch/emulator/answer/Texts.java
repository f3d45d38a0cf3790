package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/** The texts in message contents, which are a string or an array of parts. */
final class Texts {

    private Texts() {
    }

    /** The text of a content: itself, or its text parts joined. */
    static String of(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.isTextual() ? part.textValue() : part.path("text").asText(""));
        }
        return text.toString();
    }

    /** The text of the last message of the role {@code user}, or of the last message if there is none. */
    static String lastOfUser(JsonNode messages) {
        for (int index = messages.size() - 1; index >= 0; index--) {
            if ("user".equals(messages.path(index).path("role").asText())) {
                return of(messages.path(index).path("content"));
            }
        }
        return of(messages.path(messages.size() - 1).path("content"));
    }
}
