package io.quarkiverse.openai.batch.jsonl;

/**
 * A function that the model wants called.
 *
 * @param id to be given back with the function's result; null if not given
 * @param name the function's
 * @param arguments JSON as the model wrote it, not checked
 */
public record ToolCall(String id, String name, String arguments) {

    /** Without the arguments. */
    @Override
    public String toString() {
        return "ToolCall[id=" + SafeText.of(id) + ", name=" + SafeText.of(name) + "]";
    }
}
