/**
 * When a call is tried again, and how long it waits.
 *
 * <p>
 * In: an attempt that failed. Out: its repetition, or the failure. Next: {@code client.http} makes the attempt.
 */
package io.quarkiverse.openai.batch.runtime.retry;
