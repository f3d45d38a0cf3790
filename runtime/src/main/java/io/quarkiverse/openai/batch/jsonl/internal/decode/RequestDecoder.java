package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.util.Arrays;

import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.RunParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;
import io.quarkiverse.openai.batch.jsonl.internal.read.Line;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineDecoder;

/** Reads request lines. */
public final class RequestDecoder implements LineDecoder<RequestLine> {

    private final RunParser parser = new RunParser();

    @Override
    public RequestLine decode(Line line) {
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
        return new RequestLine(fields.customId(), fields.method(), fields.url(), body);
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
