package io.quarkiverse.openai.batch.benchmarks.data;

/** Takes what a contestant read of each line; all of it must have been made an object before. */
@FunctionalInterface
public interface ResultSink {

    void line(String customId, String model, String finishReason, String text, Tokens tokens);

    /** The counts of a line's usage. */
    record Tokens(long prompt, long completion, long total, long cached, long reasoning) {

        public long sum() {
            return prompt + completion + total + cached + reasoning;
        }
    }
}
