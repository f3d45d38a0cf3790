package io.quarkiverse.openai.batch.jsonl;

import java.util.List;
import java.util.Map;

/**
 * What the pre-flight check of an input file has found.
 *
 * @param problems in the order of the lines, up to the validator's bound
 * @param errors how many problems there are that providers refuse, also beyond the bound
 * @param warnings how many others there are, also beyond the bound
 * @param lines requests, whether valid or not
 * @param bytes of the file
 * @param embeddingInputs texts to embed
 * @param tokens of the prompts by estimate; 0 if they were not estimated
 * @param tokensOfModels the same by model, of up to 100 models
 */
public record ValidationReport(List<Problem> problems, long errors, long warnings, long lines, long bytes,
        long embeddingInputs, long tokens, Map<String, Long> tokensOfModels) {

    /** Whether there are warnings at most. */
    public boolean isValid() {
        return errors == 0;
    }
}
