package io.quarkiverse.openai.batch.runtime.store;

import java.time.Instant;

import io.quarkiverse.openai.batch.job.JobState;

/**
 * A job as the store keeps it.
 *
 * @param name its name, unique in the store
 * @param specVersion the version of its specification
 * @param client the name of its client
 * @param account which account at which provider it belongs to
 * @param endpoint the endpoint that its lines call
 * @param window the completion window of its batches; null for the client's
 * @param priority the higher ones go first
 * @param state where it stands
 * @param reason why it is paused or interrupted; null otherwise
 * @param createdAt when it was submitted
 * @param endedAt when it ended; null before
 * @param spooled whether its source was read to the end
 * @param chunks the number of its last chunk
 * @param cancelled whether it is to be cancelled
 * @param announced whether the application was told of its end
 * @param version how often the row was written
 */
public record JobRow(String name, String specVersion, String client, String account, String endpoint, String window,
        int priority, JobState state, String reason, Instant createdAt, Instant endedAt, boolean spooled, int chunks,
        boolean cancelled, boolean announced, long version) {

    /** A job that was just submitted. */
    public static JobRow submitted(String name, String specVersion, String client, String account, String endpoint,
            String window, int priority, Instant at) {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, JobState.RUNNING, null, at, null,
                false, 0,
                false, false, 0);
    }

    public JobRow in(JobState newState, String why) {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, newState, why, createdAt, endedAt,
                spooled,
                chunks, cancelled, announced, version);
    }

    public JobRow endedAt(Instant at) {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, at, spooled,
                chunks,
                cancelled, announced, version);
    }

    /** With one more chunk. */
    public JobRow withChunk() {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, endedAt,
                spooled, chunks + 1, cancelled, announced, version);
    }

    public JobRow withSpooled() {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, endedAt,
                true, chunks,
                cancelled, announced, version);
    }

    public JobRow withCancel() {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, endedAt,
                spooled,
                chunks, true, announced, version);
    }

    public JobRow withAnnounced() {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, endedAt,
                spooled,
                chunks, cancelled, true, version);
    }

    JobRow withVersion(long newVersion) {
        return new JobRow(name, specVersion, client, account, endpoint, window, priority, state, reason, createdAt, endedAt,
                spooled,
                chunks, cancelled, announced, newVersion);
    }
}
