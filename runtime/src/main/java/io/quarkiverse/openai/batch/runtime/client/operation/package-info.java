/**
 * What each operation sends, and the operations that must not be done twice: a create whose answer was lost is looked for.
 *
 * <p>
 * In: an operation and its options. Out: its value, as a {@code Uni}. Next: {@code client.http}.
 */
package io.quarkiverse.openai.batch.runtime.client.operation;
