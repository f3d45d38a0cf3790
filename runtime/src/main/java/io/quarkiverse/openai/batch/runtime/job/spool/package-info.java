/**
 * Step: reads a job's source and stores its lines as chunks; moves lines to further chunks.
 *
 * <p>
 * In: a source, or the lines of a chunk that are sent again. Out: chunks in {@code SPOOLED}. Next: {@code admission}, then
 * {@code batch}.
 */
package io.quarkiverse.openai.batch.runtime.job.spool;
