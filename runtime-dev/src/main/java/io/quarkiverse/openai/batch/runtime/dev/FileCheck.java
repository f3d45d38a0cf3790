package io.quarkiverse.openai.batch.runtime.dev;

import java.util.List;

/**
 * What a dropped file is, before anything is sent.
 *
 * @param texts whether its lines are texts, which need a model; false for requests
 * @param lines lines that were read
 * @param problems the first problems, each with the number of its line; empty if it can be run
 * @param moreProblems how many more there are
 */
public record FileCheck(boolean texts, long lines, List<String> problems, long moreProblems) {

    static FileCheck problem(String problem) {
        return new FileCheck(false, 0, List.of(problem), 0);
    }
}
