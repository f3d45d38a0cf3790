/**
 * Writes, checks and counts request lines, and cuts them into files.
 *
 * <p>
 * In: {@code BatchRequest}. Out: lines in files, with counts, an estimate of tokens and a SHA-256; a line that breaks a rule of
 * the provider is a {@code Problem}. Next: the upload of a file.
 */
package io.quarkiverse.openai.batch.jsonl.internal.encode;
