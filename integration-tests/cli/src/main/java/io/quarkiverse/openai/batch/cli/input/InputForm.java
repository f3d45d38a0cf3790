package io.quarkiverse.openai.batch.cli.input;

/** What the lines of the input are. */
enum InputForm {

    /** Requests, ready to be sent. */
    REQUESTS("custom_id"),
    /** Texts, which a template makes prompts of. */
    TEXTS("id");

    private final String idField;

    InputForm(String idField) {
        this.idField = idField;
    }

    String id(InputLine line) {
        return line.text(idField);
    }

    /**
     * @throws InputException if the line is neither
     */
    static InputForm of(InputLine first) {
        if (first.has("custom_id")) {
            return REQUESTS;
        }
        if (first.has("id") && first.has("text")) {
            return TEXTS;
        }
        throw first.problem("neither a request (custom_id, method, url, body) nor a text (id, text)");
    }
}
