package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a bean that takes the results of jobs as they arrive, after a restart too. It gets each result of a job
 * once, and after a crash at most a hundred of each batch again that was being handed over.
 *
 * <pre>
 * &#64;OnBatchResult("reviews-*")
 * void store(BatchResult result) {
 *     repository.store(result.customId(), result.as(Sentiment.class));
 * }
 * </pre>
 *
 * The method takes a {@link io.quarkiverse.openai.batch.jsonl.BatchResult}, or a {@code List} of at most a hundred of them, and
 * after that optionally the {@link JobName} of the job.
 * <p>
 * Or it takes typed answers: the custom id and the answer,
 *
 * <pre>
 * &#64;OnBatchResult("reviews-*")
 * void store(String id, Sentiment answer) {
 *     repository.store(id, answer);
 * }
 * </pre>
 *
 * or a {@code List} of a record of both. The id is a {@code String}, or a type with a static {@code valueOf(String)} or
 * {@code fromString(String)} or a constructor of a {@code String}, or a primitive type. The answer is of any type that
 * {@link io.quarkiverse.openai.batch.jsonl.BatchResult#as} reads; a {@code String} is the text, and a {@code float[]} the
 * embedding. Such a method gets the results that succeeded; the others go to a method with {@link OnBatchFailure}, or to one
 * that takes a {@code BatchResult}. An answer that is not of the type is a failure of the method. The types are registered for
 * native images.
 * <p>
 * The method returns nothing, or a {@code Uni}, which is waited for. It is called
 * on a thread for handlers, where it may block, or on a virtual thread if it has {@code @RunOnVirtualThread}, with a request
 * context, one call at a time a batch and at most four a job. It is interrupted when the application stops. It is neither
 * private
 * nor static. A method of another form is a build error that names it. A class without a scope becomes a singleton.
 * <p>
 * A line at which the method throws three times is set aside once the method has taken a later line: it counts as
 * {@linkplain JobReport.Results#handlerFailed() failed by the handler}, and {@link BatchJob#redeliver()} hands it over again.
 * While the method takes no line, as in an outage of a database, it is called again after growing pauses, and nothing is set
 * aside; {@code jobs.handler-retry} configures this. If a list fails, its lines are handed over one at a time. Several methods
 * may take the same job.
 * <p>
 * Where jobs are stored in a datasource, a method that takes a list and returns nothing is called in a JTA transaction, which
 * also stores how far it is. What it writes in the same datasource is so written exactly once. The transaction has the default
 * time-out of the application. Rows in another datasource need {@code jdbc.transactions=xa} for both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnBatchResult {

    /** The names of the jobs: a name, or a pattern with {@code *} for any characters. */
    String value();

    /**
     * The id under which is stored how far the method is, unique in the application; by default its class and name. Set it
     * before
     * the method is renamed or moved, so that it continues where it was.
     */
    String id() default "";

    /** Whether a method that takes a list and returns nothing is called in a transaction with its checkpoint. */
    Transaction transaction() default Transaction.REQUIRED;

    /** Whether a method is called in a transaction. */
    enum Transaction {
        /**
         * In one that also stores how far the method is, where jobs are stored in a datasource: what the method writes there is
         * written exactly once.
         */
        REQUIRED,
        /** In none: after a crash the method may get results again. */
        NONE
    }
}
