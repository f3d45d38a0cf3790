/**
 * Jobs: any number of requests under one name, and exactly one accounted-for answer to each, through crashes, limits and
 * outages. Inject {@link io.quarkiverse.openai.batch.job.BatchJobs}.
 */
package io.quarkiverse.openai.batch.job;
