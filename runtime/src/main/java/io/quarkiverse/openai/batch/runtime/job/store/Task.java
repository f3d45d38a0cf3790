package io.quarkiverse.openai.batch.runtime.job.store;

import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;

/**
 * Work that is due at a time. Equal tasks are one.
 *
 * @param kind what to do
 * @param job the job; for a watch the client, for an admission the account, for a collection the collector; empty for all
 *        jobs
 * @param chunk the chunk; 0 for none
 */
public record Task(Kind kind, String job, int chunk) {

    /** No client, endpoint or collector has a control character in its name. */
    private static final String SEPARATOR = "\u001f";

    /** What a task does. */
    public enum Kind {
        /** Reads the source of a job and stores its lines in chunks. */
        SPOOL(true),
        /** Takes a chunk to its next steps. */
        ADVANCE(false),
        /** As ADVANCE, for a step that checks answers. */
        CHECK(true),
        /** Hands the results of a chunk to the application. */
        HAND_OVER(true),
        /** Decides which chunks of an account become batches. */
        ADMIT(false),
        /** Looks at the batches of a client. */
        WATCH(false),
        /** Ends a job whose chunks are done. */
        FINISH(false),
        /** Tells the application what happened to a job. */
        ANNOUNCE(true),
        /** Gives the requests of a collector to jobs. */
        COLLECT(false),
        /** Schedules the missing tasks of all rows. */
        RECONCILE(false);

        private final boolean callingUserCode;

        Kind(boolean callingUserCode) {
            this.callingUserCode = callingUserCode;
        }

        /** Whether it calls the application's code, and so may take any time. */
        public boolean isCallingUserCode() {
            return callingUserCode;
        }
    }

    /** Whether it is of one job. */
    public boolean isOfJob() {
        return switch (kind) {
            case SPOOL, ADVANCE, CHECK, HAND_OVER, FINISH, ANNOUNCE -> true;
            case ADMIT, WATCH, COLLECT, RECONCILE -> false;
        };
    }

    /** What it does, for people, as the beginning of a sentence. */
    public String description() {
        return switch (kind) {
            case SPOOL -> "Reading the source of job " + job;
            case ADVANCE -> "Chunk %d of job %s".formatted(chunk, job);
            case CHECK -> "Checking the answers of chunk %d of job %s".formatted(chunk, job);
            case HAND_OVER -> "Handing over chunk %d of job %s".formatted(chunk, job);
            case ADMIT -> "Finding room for batches of account " + job;
            case WATCH -> "Looking at the batches of client " + job;
            case FINISH -> "Ending job " + job;
            case ANNOUNCE -> "Telling the application of job " + job;
            case COLLECT -> "Submitting the requests of collector " + collector().name();
            case RECONCILE -> "Scheduling what is due";
        };
    }

    public static Task spool(String job) {
        return new Task(Kind.SPOOL, job, 0);
    }

    public static Task advance(ChunkRow chunk) {
        return new Task(Kind.ADVANCE, chunk.job(), chunk.number());
    }

    public static Task check(ChunkRow chunk) {
        return new Task(Kind.CHECK, chunk.job(), chunk.number());
    }

    public static Task handOver(ChunkRow chunk) {
        return new Task(Kind.HAND_OVER, chunk.job(), chunk.number());
    }

    public static Task announce(String job) {
        return new Task(Kind.ANNOUNCE, job, 0);
    }

    public static Task admit(String account) {
        return new Task(Kind.ADMIT, account, 0);
    }

    public static Task watch(String client) {
        return new Task(Kind.WATCH, client, 0);
    }

    public static Task reconcile() {
        return new Task(Kind.RECONCILE, "", 0);
    }

    public static Task collect(Collector collector) {
        return new Task(Kind.COLLECT, String.join(SEPARATOR, collector.client(), collector.endpoint(), collector.name()), 0);
    }

    /** Whose requests are collected. */
    public Collector collector() {
        String[] parts = job.split(SEPARATOR, 3);
        return new Collector(parts[2], parts[0], parts[1]);
    }

    public static Task finish(String job) {
        return new Task(Kind.FINISH, job, 0);
    }
}
