/**
 * Requests that come one by one, in any thread and process, and become jobs together. {@code BatchJobs.collector} gives a
 * collector; requests go in, jobs or answers come out.
 */
package io.quarkiverse.openai.batch.collector;
