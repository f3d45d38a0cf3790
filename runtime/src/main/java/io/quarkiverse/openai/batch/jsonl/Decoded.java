package io.quarkiverse.openai.batch.jsonl;

/**
 * What decoding a line gave.
 *
 * @param exception null if it gave a value
 */
record Decoded<T>(T value, JsonlException exception) {

    static <T> Decoded<T> of(LineDecoder<T> decoder, Line line) {
        try {
            return new Decoded<>(decoder.decode(line), null);
        } catch (JsonlException e) {
            return new Decoded<>(null, e);
        }
    }

    T get() {
        if (exception != null) {
            throw exception;
        }
        return value;
    }
}
