package io.quarkiverse.openai.batch.runtime.job.trace;

/**
 * What a step works on. Each part is null if the step is of no single one, or if it is not known yet.
 *
 * @param client the name of a client
 * @param job the name of a job
 * @param chunk the number of a chunk
 * @param batch the id of a batch
 * @param model the model of all lines of the chunk
 * @param caller the trace of the call that submitted the job, as {@link Traces#caller()} gave it
 */
public record Subject(String client, String job, Integer chunk, String batch, String model, String caller) {

    /** Nothing single. */
    public static final Subject NONE = new Subject(null, null, null, null, null, null);

    public static Subject ofClient(String client) {
        return new Subject(client, null, null, null, null, null);
    }

    public static Subject ofJob(String client, String job, String caller) {
        return new Subject(client, job, null, null, null, caller);
    }

    public Subject withChunk(int number, String batchId, String modelOfAll) {
        return new Subject(client, job, number, batchId, modelOfAll, caller);
    }
}
