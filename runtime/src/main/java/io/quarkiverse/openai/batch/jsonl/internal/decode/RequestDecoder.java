package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.util.Arrays;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.RawJson;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.RunParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;
import io.quarkiverse.openai.batch.jsonl.internal.read.Line;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineDecoder;

/** Makes request lines into requests. */
public final class RequestDecoder implements LineDecoder<BatchRequest> {

    private final RunParser parser = new RunParser();

    @Override
    public BatchRequest decode(Line line) {
        String malformed = line.tooLong();
        byte[] bytes = line.buffer();
        RequestFields fields = new RequestFields();
        if (malformed == null && !parser.read(line, fields)) {
            bytes = SurrogateEscapes.resolve(line.copy());
            fields = new RequestFields();
            malformed = RunParser.readAlone(bytes, fields);
        }
        malformed = malformed == null ? missing(fields) : malformed;
        if (malformed != null) {
            throw new JsonlException(line.position() + " is no request: " + malformed);
        }
        byte[] body = Arrays.copyOfRange(bytes, fields.bodyFrom(), fields.bodyTo());
        return new BatchRequest(fields.customId(), fields.method(), fields.url(), RawJson.checked(body));
    }

    private static String missing(RequestFields fields) {
        if (fields.customId() == null || fields.customId().isEmpty()) {
            return "no custom_id";
        }
        return fields.hasBody() ? null : "no body";
    }

    @Override
    public void close() {
        parser.close();
    }
}
