package io.quarkiverse.openai.batch.jsonl;

/**
 * What reading and writing JSONL throws: an I/O error, a line that breaks a rule of its file, or a text that is not of the
 * type asked for. The message names the file, the line and the rule, never the line's content.
 */
public class JsonlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JsonlException(String message) {
        super(message);
    }

    public JsonlException(String message, Throwable cause) {
        super(message, cause);
    }
}
