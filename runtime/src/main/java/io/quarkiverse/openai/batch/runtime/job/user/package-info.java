/**
 * The border to the application's code: sources, handlers and observers.
 *
 * <p>
 * In: a call of code that may do anything. Out: its value, or one kind of failure. Next: {@code spool}, {@code handler} and
 * {@code engine}, which decide what a failure means.
 */
package io.quarkiverse.openai.batch.runtime.job.user;
