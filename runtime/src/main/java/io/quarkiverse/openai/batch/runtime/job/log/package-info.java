/**
 * What operators read: a line in the log for each step of a job's life, and the names that every line of a job carries.
 *
 * <p>
 * In: changes of rows, the report of a job that has ended. Out: lines in the log.
 */
package io.quarkiverse.openai.batch.runtime.job.log;
