/**
 * What jobs run on, and how a client runs them.
 *
 * <p>
 * In: a client's settings. Out: what the steps ask for. Next: all packages of steps.
 */
package io.quarkiverse.openai.batch.runtime.job.setup;
