package io.quarkiverse.openai.batch.cli.input;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line of the input.
 *
 * @param number counted from 1, blank lines included
 * @param json an object
 */
record InputLine(Path file, long number, JsonNode json) {

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /**
     * @throws InputException if the field is not there, not a text (or a number), empty, or cannot be sent
     */
    String text(String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() && !value.isNumber() || value.asText().isEmpty()) {
            throw problem("\"%s\" must be a text that is not empty".formatted(field));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.asText())) {
            throw problem("\"%s\" has half of a surrogate pair, and cannot be sent".formatted(field));
        }
        return value.asText();
    }

    InputException problem(String problem) {
        return new InputException(file, number, problem);
    }
}
