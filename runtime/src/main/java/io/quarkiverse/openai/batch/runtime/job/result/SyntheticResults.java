package io.quarkiverse.openai.batch.runtime.job.result;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Result lines for requests that no result file answers, in the form that providers give such lines: of a batch that was
 * refused, of chunks that were never sent, and of lines that are missing.
 */
public final class SyntheticResults {

    private SyntheticResults() {
    }

    static byte[] missing(String customId) {
        return of(customId, "missing", "No result line answers the request");
    }

    public static byte[] cancelled(String customId) {
        return of(customId, "batch_cancelled", "The job was cancelled before the request was run");
    }

    public static byte[] of(String customId, String code, String message) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("custom_id", customId);
        line.putNull("response");
        line.putObject("error").put("code", code).put("message", message);
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}
