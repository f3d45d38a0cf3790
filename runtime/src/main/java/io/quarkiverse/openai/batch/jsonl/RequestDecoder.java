package io.quarkiverse.openai.batch.jsonl;

import java.util.Arrays;

/** Makes request lines into requests. */
final class RequestDecoder implements LineDecoder<BatchRequest> {

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
