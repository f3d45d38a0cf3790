package io.quarkiverse.openai.batch.jsonl;

/** Makes result lines into results. */
final class ResultDecoder implements LineDecoder<BatchResult> {

    private final RunParser parser = new RunParser();

    @Override
    public BatchResult decode(Line line) {
        if (line.tooLong() != null) {
            return BatchResult.malformed(null, line.position(), new byte[0], line.tooLong());
        }
        ResultFields fields = new ResultFields();
        return parser.read(line, fields) && fields.customId() != null
                ? fields.result(line.copy(), line.from(), line.position())
                : decode(line.copy(), line.position());
    }

    static BatchResult decode(byte[] original, LinePosition position) {
        byte[] line = SurrogateEscapes.resolve(original);
        ResultFields fields = new ResultFields();
        String malformed = RunParser.readAlone(line, fields);
        if (malformed == null && fields.customId() == null) {
            malformed = "no custom_id";
        }
        return malformed == null ? fields.result(line, 0, position)
                : BatchResult.malformed(fields.customId(), position, line, malformed);
    }

    @Override
    public void close() {
        parser.close();
    }
}
