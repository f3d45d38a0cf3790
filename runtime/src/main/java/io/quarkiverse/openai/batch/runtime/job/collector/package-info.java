/**
 * Requests that come one by one. They are stored, given to jobs when enough of them wait, and answered when these have answers.
 * Jobs are submitted by {@code runtime.job}.
 */
package io.quarkiverse.openai.batch.runtime.job.collector;
