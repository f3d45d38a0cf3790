/**
 * Meters of jobs, where the application has Micrometer; the package is left out of others.
 *
 * <p>
 * In: changes of rows, and counts of what is stored. Out: meters. Above it is nothing.
 */
package io.quarkiverse.openai.batch.runtime.metrics;
