package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;

/** The answers to a batch's lines: successful ones go to the output file, the rest to the error file. */
final class Results {

    private final String batchId;
    private final ResultFile output;
    private final ResultFile error;
    private long completed;
    private long failed;
    private long inputTokens;
    private long outputTokens;

    Results(String batchId, ResultFile output, ResultFile error) {
        this.batchId = batchId;
        this.output = output;
        this.error = error;
    }

    /** A line was executed. */
    synchronized void executed(InputLine request, LineAnswer answer) throws IOException {
        inputTokens += answer.inputTokens();
        outputTokens += answer.outputTokens();
        if (answer.successful()) {
            completed++;
            output.append(line(request.customId(), answer));
        } else {
            failed++;
            error.append(line(request.customId(), answer));
        }
    }

    /** A line was not executed, because its batch ended before. */
    synchronized void unexecuted(InputLine request, Unexecuted reason) throws IOException {
        ObjectNode line = line(request.customId());
        line.putNull("response");
        line.putObject("error").put("code", reason.code()).put("message", reason.message());
        error.append(line);
        if (reason == Unexecuted.EXPIRED) {
            failed++;
        }
    }

    private ObjectNode line(String customId, LineAnswer answer) {
        ObjectNode line = line(customId);
        ObjectNode response = line.putObject("response");
        response.put("status_code", answer.status());
        response.put("request_id", Hash64.hex(Hash64.of(customId + batchId)));
        response.set("body", answer.body());
        line.putNull("error");
        return line;
    }

    private ObjectNode line(String customId) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", "batch_req_" + Hash64.hex(Hash64.of(batchId + customId)));
        line.put("custom_id", customId);
        return line;
    }

    /** Closes the files until the next line. */
    synchronized void close() throws IOException {
        output.close();
        error.close();
    }

    ResultFile output() {
        return output;
    }

    ResultFile error() {
        return error;
    }

    synchronized long completed() {
        return completed;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized long inputTokens() {
        return inputTokens;
    }

    synchronized long outputTokens() {
        return outputTokens;
    }
}
