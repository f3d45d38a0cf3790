package io.quarkiverse.openai.batch.runtime.job.setup;

/**
 * What happens to answers that are not what was asked for.
 *
 * @param attempts how often a line with such an answer is sent again, and paid again
 * @param hint whether it is sent with what was wrong
 * @param unfinished whether an answer is invalid that the model did not finish
 */
public record InvalidAnswers(int attempts, boolean hint, boolean unfinished) {

    public static final InvalidAnswers KEPT = new InvalidAnswers(0, false, false);
}
