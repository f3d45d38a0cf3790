package io.quarkiverse.openai.batch.runtime.job.store;

/**
 * Something to do, sooner or later. Two tasks that are equal are one.
 *
 * @param kind what
 * @param job of which job; of which client for a watch; empty for all
 * @param chunk of which chunk; 0 for none
 */
public record Task(Kind kind, String job, int chunk) {

    /** What a task does. */
    public enum Kind {
        /** Reads the source of a job and stores its lines in chunks. */
        SPOOL,
        /** Takes a chunk on its way. */
        ADVANCE,
        /** Looks how the batches of a client are. */
        WATCH,
        /** Ends a job whose chunks are done. */
        FINISH,
        /** Gives a task to each row that has something to do, and none. */
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
