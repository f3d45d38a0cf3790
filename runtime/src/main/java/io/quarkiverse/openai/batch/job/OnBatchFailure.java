package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a bean that takes the results of jobs that have no answer, beside a method with {@link OnBatchResult}
 * that
 * takes typed answers only.
 *
 * <pre>
 * &#64;OnBatchFailure("reviews-*")
 * void failed(BatchResult result) {
 *     repository.note(result.customId(), result.outcome(), result.error());
 * }
 * </pre>
 *
 * The method takes a {@link io.quarkiverse.openai.batch.jsonl.BatchResult}, or a {@code List} of them, of any outcome but
 * {@link io.quarkiverse.openai.batch.jsonl.Outcome#SUCCEEDED}. All else is as with {@link OnBatchResult}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnBatchFailure {

    /** The names of the jobs: a name, or a pattern with {@code *} for any characters. */
    String value();

    /** As {@link OnBatchResult#id()}. */
    String id() default "";

    /** As {@link OnBatchResult#transaction()}. */
    OnBatchResult.Transaction transaction() default OnBatchResult.Transaction.REQUIRED;
}
