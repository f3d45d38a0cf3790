package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a bean that takes the results of jobs, as they come in and after a restart too: each result of the job
 * once, and after a crash at most a hundred of them again.
 *
 * <pre>
 * &#64;OnBatchResult("reviews-*")
 * void store(BatchResult result) {
 *     repository.store(result.customId(), result.as(Sentiment.class));
 * }
 * </pre>
 *
 * The method takes a {@link io.quarkiverse.openai.batch.jsonl.BatchResult}, or a {@code List} of at most a hundred of them, and
 * after that the {@link JobName} of the job if it wants it. It returns nothing, or a {@code Uni}, which is waited for. It is
 * called on a thread of the jobs, where it may block, or with {@code @RunOnVirtualThread} on a virtual one, with a request
 * context, one call at a time a batch; and is neither private nor static. What is wrong with a method is a build error that
 * names it. A class without a scope becomes a singleton.
 * <p>
 * A method that throws is called three times; then the line counts as failed by the handler in the {@link JobReport}, the job
 * goes on, and {@link BatchJob#redeliver()} hands it over again. Of a list that fails, each line is handed over by itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnBatchResult {

    /** The names of the jobs: a name, or a pattern with {@code *} for any characters. */
    String value();
}
