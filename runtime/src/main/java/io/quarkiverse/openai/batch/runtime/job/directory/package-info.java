/**
 * Jobs of one process, in a directory.
 *
 * <p>
 * In: rows, files and tasks. Out: files on disk; tasks on threads of this process. Next: {@code engine}.
 */
package io.quarkiverse.openai.batch.runtime.job.directory;
