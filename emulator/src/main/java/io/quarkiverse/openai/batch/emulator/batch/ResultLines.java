package io.quarkiverse.openai.batch.emulator.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;

/** The lines of result files (OpenAPI document, BatchRequestOutput). */
final class ResultLines {

    private final String batchId;

    ResultLines(String batchId) {
        this.batchId = batchId;
    }

    /** A line with an answer. */
    ObjectNode of(String customId, LineAnswer answer) {
        ObjectNode line = head(customId);
        ObjectNode response = line.putObject("response");
        response.put("status_code", answer.status());
        response.put("request_id", Hash64.hex(Hash64.of(customId + batchId)));
        response.set("body", answer.body());
        line.putNull("error");
        return line;
    }

    /** A line of a request that was not executed. */
    ObjectNode unexecuted(String customId, Unexecuted reason) {
        ObjectNode line = head(customId);
        line.putNull("response");
        line.putObject("error").put("code", reason.code()).put("message", reason.message());
        return line;
    }

    /** A line with neither answer nor error. */
    ObjectNode empty(String customId) {
        ObjectNode line = head(customId);
        line.putNull("response");
        line.putNull("error");
        return line;
    }

    /** The line of a request that nobody made. */
    ObjectNode foreign(ObjectNode line) {
        String id = Hash64.hex(Hash64.of(line.get("id").textValue()));
        return line.put("id", "batch_req_" + id).put("custom_id", "foreign-" + id);
    }

    private ObjectNode head(String customId) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", "batch_req_" + Hash64.hex(Hash64.of(batchId + customId)));
        line.put("custom_id", customId);
        return line;
    }
}
