/**
 * Makes the strict JSON schema of an answer's type, once a type.
 *
 * <p>
 * In: a Java type. Out: its schema. Next: {@code encode} writes it into request lines.
 */
package io.quarkiverse.openai.batch.jsonl.internal.schema;
