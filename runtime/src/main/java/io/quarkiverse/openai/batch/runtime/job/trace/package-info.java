/**
 * What traces see of jobs. Steps come in, with the job and chunk that they are of; an implementation that knows a tracer makes
 * spans of them, and without one nothing happens. Next: {@code runtime.traces}.
 */
package io.quarkiverse.openai.batch.runtime.job.trace;
