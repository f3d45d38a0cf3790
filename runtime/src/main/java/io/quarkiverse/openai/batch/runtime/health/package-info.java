/**
 * The readiness of the jobs, where the application has SmallRye Health; the package is left out of others.
 *
 * <p>
 * In: the state of the jobs of the process. Out: a check. Above it is nothing.
 */
package io.quarkiverse.openai.batch.runtime.health;
