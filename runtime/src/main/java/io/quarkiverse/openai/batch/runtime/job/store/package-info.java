/**
 * Rows of jobs and chunks, their files, and the queue of tasks.
 *
 * <p>
 * In: a changed row, a task and its time. Out: rows as they were stored; tasks when they are due. Next: {@code engine}.
 */
package io.quarkiverse.openai.batch.runtime.job.store;
