package io.quarkiverse.openai.batch.jsonl;

/**
 * The rules of an input file, and how to fix a file that breaks one. Rules that only some providers enforce are warnings.
 */
public enum Rule {

    EMPTY_FILE("write at least one request"),
    NOT_JSON("write each request as one JSON object on one line"),
    NOT_UTF8("write the file in UTF-8"),
    BYTE_ORDER_MARK("write the file without a byte order mark; Azure rejects it"),
    CARRIAGE_RETURN("end lines with \\n instead of \\r\\n", true),
    BLANK_LINE("remove it"),
    LINE_LENGTH("shorten the request, or split it"),
    SURROGATE("write whole characters: no UTF-8 text has half of a surrogate pair"),
    CUSTOM_ID_MISSING("give each request a custom_id, a text"),
    CUSTOM_ID_EMPTY("give each request a custom_id"),
    CUSTOM_ID_DOUBLE("make it unique in the file: results are told apart by it alone"),
    CUSTOM_ID_LENGTH("shorten it"),
    CUSTOM_ID_CHARACTERS("use only the characters that the provider takes"),
    METHOD("set method to POST"),
    URL("set url to the batch's endpoint"),
    BODY("set body to an object with the request's parameters"),
    STREAM("remove stream: a batch answers in a file"),
    STREAM_IGNORED("remove stream: this provider ignores it, others refuse the line", true),
    METADATA("keep to 16 pairs of texts, keys of up to 64 and values of up to 512 characters"),
    ONE_MODEL("write a file for each model"),
    REQUESTS("cut it into several files"),
    BYTES("cut it into several files"),
    EMBEDDING_INPUTS("cut it into several files"),
    TOKENS("cut it into several files");

    private final String fix;
    private final boolean warning;

    Rule(String fix) {
        this(fix, false);
    }

    Rule(String fix, boolean warning) {
        this.fix = fix;
        this.warning = warning;
    }

    /** How to fix a file that breaks the rule. */
    public String fix() {
        return fix;
    }

    /** Whether some providers accept a file that breaks the rule. */
    public boolean isWarning() {
        return warning;
    }
}
