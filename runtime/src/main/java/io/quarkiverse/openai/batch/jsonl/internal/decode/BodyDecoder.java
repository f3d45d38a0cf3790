package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.EmbeddingList;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.ModelResponse;
import io.quarkiverse.openai.batch.jsonl.Moderations;
import io.quarkiverse.openai.batch.jsonl.ResultBody;
import io.quarkiverse.openai.batch.jsonl.TextCompletion;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * Reads the body of a response in one pass over its tokens. The fields tell which endpoint answered: a result line does not
 * name it. Fields of another type than expected are skipped, so that only what is no JSON fails.
 */
final class BodyDecoder {

    private static final Set<String> CONTENT = Set.of("choices", "output", "data", "results");

    private final boolean typed;
    private final ChoicesDecoder choices = new ChoicesDecoder();

    private String id;
    private String model;
    private long created;
    private String status;
    private String incompleteReason;
    private OutputDecoder output;
    private List<EmbeddingList.Embedding> embeddings;
    private List<Moderations.Moderation> moderations;
    private Usage usage = Usage.NONE;
    private LineError error;
    private String object;
    private String message;
    private String code;
    private String type;
    private String param;

    /**
     * @param typed whether the answer itself is read; if not, there is no {@link #body}
     */
    BodyDecoder(boolean typed) {
        this.typed = typed;
    }

    /** Reads the object that the parser has just entered, up to its end. */
    void read(LineJsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            if (!typed && CONTENT.contains(name)) {
                JsonReads.skip(p);
                continue;
            }
            switch (name) {
                case "id" -> id = JsonReads.nonEmpty(p);
                case "model" -> model = JsonReads.nonEmpty(p);
                case "created", "created_at" -> created = JsonReads.integer(p);
                case "status" -> status = JsonReads.nonEmpty(p);
                case "incomplete_details" -> incompleteReason = readReason(p);
                case "choices" -> choices.read(p);
                case "output" -> readOutput(p);
                case "data" -> embeddings = EmbeddingsDecoder.read(p);
                case "results" -> moderations = ModerationsDecoder.read(p);
                case "usage" -> usage = UsageDecoder.read(p);
                case "error" -> error = ErrorDecoder.read(p);
                case "object" -> object = JsonReads.text(p);
                case "message" -> message = JsonReads.nonEmpty(p);
                case "code" -> code = JsonReads.nonEmpty(p);
                case "type" -> type = JsonReads.nonEmpty(p);
                case "param" -> param = JsonReads.nonEmpty(p);
                default -> JsonReads.skip(p);
            }
        }
    }

    private void readOutput(LineJsonParser p) throws IOException {
        OutputDecoder items = new OutputDecoder();
        output = items.read(p) ? items : null;
    }

    private static String readReason(LineJsonParser p) throws IOException {
        String reason = null;
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                if (name.equals("reason")) {
                    reason = JsonReads.nonEmpty(p);
                } else {
                    JsonReads.skip(p);
                }
            }
        }
        return reason;
    }

    /** Null if the fields are of none of the typed endpoints. */
    ResultBody body() {
        if (choices.ofText() != null) {
            return new TextCompletion(id, model, created, choices.ofText());
        }
        if (choices.ofChat() != null) {
            return new ChatCompletion(id, model, created, choices.ofChat());
        }
        if (output != null) {
            return new ModelResponse(id, model, created, status, incompleteReason, output.messages(), output.refusal(),
                    output.toolCalls());
        }
        if (embeddings != null) {
            return new EmbeddingList(model, embeddings);
        }
        return moderations == null ? null : new Moderations(id, model, moderations);
    }

    Usage usage() {
        return usage;
    }

    /** Null if there is none. Some servers answer with the fields of the error itself (vLLM before 0.10). */
    LineError error() {
        return error == null && "error".equals(object) ? new LineError(code, message, type, param) : error;
    }

    /** Whether it tells of a failure, whatever the status of the response is. */
    boolean isFailure() {
        return error() != null || "failed".equals(status) || "cancelled".equals(status);
    }
}
