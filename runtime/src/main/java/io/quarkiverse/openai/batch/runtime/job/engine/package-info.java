/**
 * Runs tasks: which step a chunk takes next, what a failure means, who is notified.
 *
 * <p>
 * In: a task that is due. Out: a changed row, and when to run the task again. Next: the package of the step.
 */
package io.quarkiverse.openai.batch.runtime.job.engine;
