package io.quarkiverse.openai.batch.emulator.batch;

import java.util.List;

/**
 * What validating an input file found.
 *
 * @param lines requests in the file
 * @param model the model of all of them, or null if they name none
 * @param promptTokens their prompt tokens
 * @param errors why the file is refused; empty if it is not
 */
record Validation(long lines, String model, long promptTokens, List<ValidationError> errors) {

    boolean passed() {
        return errors.isEmpty();
    }

    static Validation refused(ValidationError error) {
        return new Validation(0, null, 0, List.of(error));
    }
}
