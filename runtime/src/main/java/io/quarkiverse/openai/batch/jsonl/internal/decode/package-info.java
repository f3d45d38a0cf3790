/**
 * Makes results and requests of lines.
 *
 * <p>
 * In: the bytes of a line. Out: {@code BatchResult} or {@code BatchRequest}; a line that cannot be read is a result with its
 * reason. Next: the caller of {@code JsonlReader}.
 */
package io.quarkiverse.openai.batch.jsonl.internal.decode;
