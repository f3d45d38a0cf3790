package io.quarkiverse.openai.batch.emulator.answer;

/** An endpoint refuses a line's request: a 400 in the error file, with OpenAI's error fields. */
public final class InvalidLineRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final String param;
    private final String code;

    private InvalidLineRequest(String message, String param, String code) {
        super(message, null, false, false);
        this.param = param;
        this.code = code;
    }

    static InvalidLineRequest missing(String param) {
        return new InvalidLineRequest("Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
    }

    static InvalidLineRequest invalid(String param, String rule) {
        return new InvalidLineRequest("Invalid value for '" + param + "'. " + rule, param, "invalid_value");
    }

    public String param() {
        return param;
    }

    public String code() {
        return code;
    }
}
