/**
 * Spans of the steps of jobs, in applications that have OpenTelemetry; excluded from all others. Steps come in from
 * {@code job.trace}, spans go to the tracer of the application.
 */
package io.quarkiverse.openai.batch.runtime.traces;
