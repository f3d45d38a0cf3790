package io.quarkiverse.openai.batch.benchmarks.data;

/** Receives the values that a contestant read from each line, after it has made an object of the whole line. */
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
