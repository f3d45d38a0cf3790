/**
 * The results of chunks and jobs as files, and their reading.
 *
 * <p>
 * In: the files of a chunk. Out: its results as a stream. Next: {@code handler}, and the application.
 */
package io.quarkiverse.openai.batch.runtime.job.result;
