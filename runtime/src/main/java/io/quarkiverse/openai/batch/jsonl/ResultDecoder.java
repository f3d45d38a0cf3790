package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonToken;

/** Makes result lines into results. A line that fails in the run of lines is read again by itself, which is decisive. */
final class ResultDecoder implements LineDecoder<BatchResult> {

    private final RunParser parser = new RunParser();

    @Override
    public BatchResult decode(LineReader line, LinePosition position) {
        if (line.isTooLong()) {
            return BatchResult.malformed(null, position, new byte[0], line.tooLong());
        }
        ResultFields fields = new ResultFields();
        try {
            LineJsonParser p = parser.enter(line);
            if (p.nextToken() == JsonToken.START_OBJECT && fields.read(p) && parser.leave(line)) {
                return fields.result(line.copy(), line.from(), position);
            }
        } catch (IOException e) {
            // said better by the line alone
        }
        parser.close();
        return decode(line.copy(), position);
    }

    @Override
    public void close() {
        parser.close();
    }

    static BatchResult decode(byte[] line, LinePosition position) {
        ResultFields fields = new ResultFields();
        String malformed = read(line, fields);
        return malformed == null ? fields.result(line, 0, position)
                : BatchResult.malformed(fields.customId(), position, line, malformed);
    }

    /** Null, or why the line is malformed. */
    private static String read(byte[] line, ResultFields fields) {
        try (LineJsonParser p = LineJsonParser.of(line, 0, line.length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            boolean complete = fields.read(p);
            if (p.nextToken() != null) {
                return "more than one JSON value";
            }
            return complete ? null : "no custom_id";
        } catch (IOException e) {
            return Malformed.reason(e, line, 0, line.length);
        }
    }
}
