package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a bean that tells whether an answer is what was asked for. One that is not has the outcome
 * {@link io.quarkiverse.openai.batch.jsonl.Outcome#INVALID}; {@code jobs.invalid-attempts} sends its line again.
 *
 * <pre>
 * &#64;BatchCheck("reviews-*")
 * String check(String id, Sentiment answer) {
 *     return answer.score() &gt; 10 ? "the score is above 10" : null;
 * }
 * </pre>
 *
 * The method takes a {@link io.quarkiverse.openai.batch.jsonl.BatchResult}, or the custom id and the answer as types, as a
 * method
 * with {@link OnBatchResult} does, and after that optionally the {@link JobName} of the job. It returns whether the answer is
 * valid, or a {@code String} that says what is wrong and is null if nothing is. An answer that is not of the type is invalid.
 * <p>
 * It is called for each answer with a 2xx status, once, when the batch is collected; after a crash perhaps again. Whatever it
 * throws is no verdict: the answers of the batch are checked again after a pause, and the job says that it waits for that. It
 * is
 * called on a thread for checks with a request context, and is neither private nor static. A method of another form is a build
 * error that names it. A class without a scope becomes a singleton.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BatchCheck {

    /** The names of the jobs: a name, or a pattern with {@code *} for any characters. */
    String value();
}
