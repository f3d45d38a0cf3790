/**
 * Cuts files into lines of bounded length.
 *
 * <p>
 * In: files or streams. Out: a line's bytes, its number and its file. Next: {@code decode}.
 */
package io.quarkiverse.openai.batch.jsonl.internal.read;
