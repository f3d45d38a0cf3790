/**
 * Jobs in the datasource of an application, and the transactions of its code. Only this package knows Agroal and JTA.
 *
 * <p>
 * In: the datasource and its settings. Out: a runner over a pool of its own. Next: {@code job.database}.
 */
package io.quarkiverse.openai.batch.runtime.datasource;
