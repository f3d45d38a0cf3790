package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a bean that returns the lines of jobs. It is called for a job that was submitted without requests, and
 * after a restart if a job must be read again. It must return the same lines in the same order each time.
 *
 * <pre>
 * &#64;BatchSource("reviews-*")
 * Stream&lt;BatchRequest&gt; reviews(JobName job) {
 *     return repository.reviewsOf(job.value()).map(review -&gt; BatchRequest.chat(review.id(), "gpt-6-luna", review.text()));
 * }
 * </pre>
 *
 * The method returns a {@code Stream<BatchRequest>}, and takes the {@link JobName} of the job or nothing; it is neither private
 * nor static. The stream is read on a thread for sources, with a request context, and closed. The thread is interrupted when
 * the
 * job is cancelled or the application stops. Whatever the method or the stream throws interrupts the job, with a reason. A
 * method
 * of another form is a build error that names it. A class without a scope becomes a singleton.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BatchSource {

    /** The names of the jobs: a name, or a pattern with {@code *} for any characters. */
    String value();
}
