package io.quarkiverse.openai.batch.emulator.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Why an input file is refused: an element of the batch's {@code errors.data}.
 *
 * @param param the parameter at fault, or null
 * @param line the line at fault, counted from 1, or null for the whole file
 */
public record ValidationError(String code, String message, String param, Integer line) {

    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message).put("param", param)
                .put("line", line);
    }
}
