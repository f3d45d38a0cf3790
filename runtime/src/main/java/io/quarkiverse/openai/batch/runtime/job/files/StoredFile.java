package io.quarkiverse.openai.batch.runtime.job.files;

/**
 * A file of a chunk, as its row names it. It is written once.
 *
 * @param id by which it is found in the store of its job
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal
 */
public record StoredFile(String id, long bytes, String sha256) {
}
