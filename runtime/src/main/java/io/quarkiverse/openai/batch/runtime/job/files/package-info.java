/**
 * What is written to disk, and who may write.
 *
 * <p>
 * In: bytes of a chunk. Out: a file that survives a loss of power, or none. Next: {@code store}, whose rows name the files.
 */
package io.quarkiverse.openai.batch.runtime.job.files;
