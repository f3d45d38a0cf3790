/**
 * Beans of langchain4j's batch interfaces over the jobs of the application. Requests of langchain4j come in and become the
 * lines
 * of a job, whose name is the id of the batch; the results of the job go out as langchain4j's responses. Next:
 * {@link io.quarkiverse.openai.batch.job}.
 */
package io.quarkiverse.openai.batch.langchain4j;
