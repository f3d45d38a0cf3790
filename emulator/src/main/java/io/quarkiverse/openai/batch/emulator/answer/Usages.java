package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code usage} objects, in the names of each endpoint. */
final class Usages {

    private Usages() {
    }

    /** Of chat and completions. */
    static void chat(ObjectNode answer, long prompt, long cached, long generated) {
        ObjectNode usage = answer.putObject("usage");
        usage.put("prompt_tokens", prompt).put("completion_tokens", generated).put("total_tokens", prompt + generated);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
    }

    /** Of responses and images. */
    static void responses(ObjectNode answer, long input, long cached, long output) {
        ObjectNode usage = answer.putObject("usage");
        usage.put("input_tokens", input);
        usage.putObject("input_tokens_details").put("cached_tokens", cached);
        usage.put("output_tokens", output);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", input + output);
    }

    /** Of embeddings, which generate nothing. */
    static void embeddings(ObjectNode answer, long prompt) {
        answer.putObject("usage").put("prompt_tokens", prompt).put("total_tokens", prompt);
    }
}
