/**
 * What happens to jobs, as CDI events with the qualifier {@code JobName}. The extension fires them, and the application's
 * observers get them.
 */
package io.quarkiverse.openai.batch.job.event;
