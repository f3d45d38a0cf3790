package io.quarkiverse.openai.batch.cli.answer;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What has been written.
 *
 * @param lines number of answers
 * @param cut number of answers that the model did not bring to their end, by the reason
 */
public record Written(long lines, Map<String, Long> cut) {

    /** Null if no answer is cut. */
    public String cutAnswers() {
        return cut.isEmpty() ? null
                : cut.entrySet().stream().map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Counts. */
    static final class Count {

        /** A provider has few reasons; what it invents must not fill the memory. */
        private static final int MOST_REASONS = 20;

        private final Map<String, Long> cut = new TreeMap<>();
        private long lines;

        void add(AnswerLine line) {
            lines++;
            if (line.finish() != null) {
                cut.merge(cut.containsKey(line.finish()) || cut.size() < MOST_REASONS ? line.finish() : "others", 1L,
                        Long::sum);
            }
        }

        Written sum() {
            return new Written(lines, cut);
        }
    }
}
