/**
 * Services that return {@code Uni} and {@code Multi}, with the operations of the blocking ones, and result files as a
 * {@code Multi}.
 */
package io.quarkiverse.openai.batch.reactive;
