package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;

/**
 * One line of an input file that has passed validation.
 *
 * @param hash of the whole line
 */
record InputLine(String customId, ObjectNode body, long hash) {

    static InputLine parse(byte[] bytes) throws IOException {
        JsonNode json = Json.MAPPER.readTree(bytes);
        return new InputLine(json.get("custom_id").textValue(), (ObjectNode) json.get("body"), Hash64.of(bytes));
    }
}
