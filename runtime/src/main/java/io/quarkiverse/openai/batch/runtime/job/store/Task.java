package io.quarkiverse.openai.batch.runtime.job.store;

/**
 * Work that is due at a time. Equal tasks are one.
 *
 * @param kind what to do
 * @param job the job; for a watch the client; empty for all jobs
 * @param chunk the chunk; 0 for none
 */
public record Task(Kind kind, String job, int chunk) {

    /** What a task does. */
    public enum Kind {
        /** Reads the source of a job and stores its lines in chunks. */
        SPOOL,
        /** Takes a chunk to its next steps. */
        ADVANCE,
        /** Looks at the batches of a client. */
        WATCH,
        /** Ends a job whose chunks are done. */
        FINISH,
        /** Schedules the missing tasks of all rows. */
        RECONCILE
    }

    public static Task spool(String job) {
        return new Task(Kind.SPOOL, job, 0);
    }

    public static Task advance(ChunkRow chunk) {
        return new Task(Kind.ADVANCE, chunk.job(), chunk.number());
    }

    public static Task watch(String client) {
        return new Task(Kind.WATCH, client, 0);
    }

    public static Task reconcile() {
        return new Task(Kind.RECONCILE, "", 0);
    }

    public static Task finish(String job) {
        return new Task(Kind.FINISH, job, 0);
    }
}
