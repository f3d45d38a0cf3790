/**
 * The configuration keys, with their documentation and defaults.
 *
 * <p>
 * In: {@code quarkus.openai-batch.*}. Out: typed values. Next: {@code app} checks them and makes settings of them.
 */
package io.quarkiverse.openai.batch.runtime.config;
