package io.quarkiverse.openai.batch.jsonl.internal.decode;

import io.quarkiverse.openai.batch.jsonl.LinePosition;
import io.quarkiverse.openai.batch.jsonl.internal.json.RunParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;
import io.quarkiverse.openai.batch.jsonl.internal.read.Line;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineDecoder;

/** Reads result lines. */
public final class ResultDecoder implements LineDecoder<ResultLine> {

    private final boolean typed;
    private final RunParser parser = new RunParser();

    /**
     * @param typed whether bodies are read; without them, results have none
     */
    public ResultDecoder(boolean typed) {
        this.typed = typed;
    }

    @Override
    public ResultLine decode(Line line) {
        if (line.tooLong() != null) {
            return ResultLine.malformed(null, line.position(), null, line.tooLong());
        }
        ResultFields fields = new ResultFields(typed);
        return parser.read(line, fields) && fields.customId() != null
                ? fields.result(line.copy(), line.from(), line.position())
                : decode(line.copy(), line.position(), typed);
    }

    public static ResultLine decode(byte[] line, LinePosition position) {
        return decode(line, position, true);
    }

    private static ResultLine decode(byte[] original, LinePosition position, boolean typed) {
        byte[] line = SurrogateEscapes.resolve(original);
        ResultFields fields = new ResultFields(typed);
        String malformed = RunParser.readAlone(line, fields);
        if (malformed == null && fields.customId() == null) {
            malformed = "no custom_id";
        }
        return malformed == null ? fields.result(line, 0, position)
                : ResultLine.malformed(fields.customId(), position, line, malformed);
    }

    @Override
    public void close() {
        parser.close();
    }
}
