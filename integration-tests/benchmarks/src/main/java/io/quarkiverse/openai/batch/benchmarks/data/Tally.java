package io.quarkiverse.openai.batch.benchmarks.data;

/**
 * The totals of a run. Contestants with equal tallies did the same work.
 *
 * @param units lines or calls
 * @param characters of the texts, in UTF-16
 * @param tokens all counts of all lines
 */
public record Tally(long units, long characters, long tokens) {

    /** Adds up the lines of a run. */
    public static final class Sum implements ResultSink {

        private long lines;
        private long characters;
        private long tokens;

        @Override
        public void line(String customId, String model, String finishReason, String text, Tokens lineTokens) {
            lines++;
            characters += customId.length() + model.length() + finishReason.length() + text.length();
            tokens += lineTokens.sum();
        }

        /** Passes each line on to another sink, too. */
        public ResultSink and(ResultSink other) {
            return (customId, model, finishReason, text, lineTokens) -> {
                line(customId, model, finishReason, text, lineTokens);
                other.line(customId, model, finishReason, text, lineTokens);
            };
        }

        public Tally tally() {
            return new Tally(lines, characters, tokens);
        }
    }
}
