package io.quarkiverse.openai.batch.emulator.control;

/**
 * Why validation fails: the element of the batch's {@code errors.data}.
 *
 * @param code such as {@code model_not_found}, {@code input_no_permissions} or {@code token_limit_exceeded}
 * @param message null for none
 * @param param the parameter at fault, or null
 * @param line the line at fault, counted from 1, or null for the whole file
 */
public record BatchFailure(String code, String message, String param, Integer line) {

    /** A failure of the whole file. */
    public static BatchFailure of(String code, String message) {
        return new BatchFailure(code, message, null, null);
    }
}
