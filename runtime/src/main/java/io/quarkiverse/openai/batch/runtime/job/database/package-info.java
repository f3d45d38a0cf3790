/**
 * Jobs of many processes, in a PostgreSQL database.
 *
 * <p>
 * In: rows, files and tasks. Out: rows and pieces of files in tables; tasks on threads of one of the processes, by
 * db-scheduler.
 * Next: {@code engine}.
 */
package io.quarkiverse.openai.batch.runtime.job.database;
