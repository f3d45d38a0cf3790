package io.quarkiverse.openai.batch.jsonl;

/** Makes a line's bytes, which are its own to keep, into what they say. */
interface LineDecoder<T> {

    LineDecoder<BatchResult> RESULT = new LineDecoder<>() {
        @Override
        public BatchResult decode(byte[] line, LinePosition position) {
            return ResultDecoder.decode(line, position);
        }

        @Override
        public BatchResult tooLong(LinePosition position, String reason) {
            return BatchResult.malformed(null, position, new byte[0], reason);
        }
    };

    T decode(byte[] line, LinePosition position);

    T tooLong(LinePosition position, String reason);
}
