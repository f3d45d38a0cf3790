package io.quarkiverse.openai.batch.jsonl;

/**
 * A broken rule.
 *
 * @param file its name; null if it is a stream
 * @param line counted from 1; 0 if the problem is the file's as a whole
 * @param rule the rule that is broken
 * @param message what is wrong, without the line's content
 */
public record Problem(String file, long line, Rule rule, String message) {

    /** Such as {@code input.jsonl:17: custom_id is empty; give each request a custom_id}. */
    @Override
    public String toString() {
        String place = file == null ? "" : file + ":";
        String number = line == 0 ? "" : (file == null ? "line " : "") + line + ":";
        return (place + number + " " + message + "; " + rule.fix()).trim();
    }
}
